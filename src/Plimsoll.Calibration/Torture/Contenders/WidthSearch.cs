namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>Finds the static width with the shortest makespan among those that do no harm, by trying few of them.</summary>
/// <remarks>
/// Makespan falls with the width until memory runs out, and from there on nothing is clean: so the search climbs a ladder of widths from an
/// estimate as long as it gets better, goes down when it does not, and then looks at the gaps beside the best.
/// </remarks>
internal sealed class WidthSearch(int jobs)
{
    private static readonly int[] Ladder = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128];
    private readonly Dictionary<int, double?> makespans = [];

    /// <summary>Makespan of each width tried; null = not clean, or given up because it was slower than the best.</summary>
    public IReadOnlyDictionary<int, double?> Tried => makespans;

    public int? BestWidth => makespans.Where(pair => pair.Value is not null).OrderBy(pair => pair.Value).Select(pair => (int?)pair.Key).FirstOrDefault();

    public double? BestSeconds => BestWidth is { } width ? makespans[width] : null;

    /// <param name="measure">Runs one width; the second argument is the best makespan so far, beyond which it may give up.</param>
    public async Task FindAsync(int estimate, Func<int, double?, Task<double?>> measure)
    {
        int[] steps = [.. Ladder.Where(width => width <= jobs).DefaultIfEmpty(1)];
        int start = Math.Max(0, Array.FindLastIndex(steps, width => width <= estimate));
        await ClimbAsync(steps, start, 1, measure);
        if (BestWidth is null || BestWidth == steps[start])
            await ClimbAsync(steps, start - 1, -1, measure);

        for (bool better = true; better && BestWidth is { } best;)
        {
            foreach (int width in Beside(best))
                _ = await TryAsync(width, measure);
            better = BestWidth != best;
        }
    }

    /// <summary>Measures the best width once more, with the next best when it does harm this time: what went well by luck is no width to use.</summary>
    public async Task ConfirmAsync(Func<int, double?, Task<double?>> measure)
    {
        while (BestWidth is { } best && makespans[best] is { } first)
        {
            makespans[best] = await measure(best, null) is { } second ? (first + second) / 2 : null;
            if (makespans[best] is not null)
                return;
        }
    }

    private async Task ClimbAsync(int[] steps, int from, int direction, Func<int, double?, Task<double?>> measure)
    {
        for (int at = from; at >= 0 && at < steps.Length; at += direction)
        {
            double? before = BestSeconds;
            double? seconds = await TryAsync(steps[at], measure);
            bool worse = seconds is null || seconds >= before;
            // Downwards a width that does harm says nothing about the next one.
            if (worse && (direction > 0 || before is not null))
                return;
        }
    }

    // The middle of the gap on either side, when it is not tried yet.
    private int[] Beside(int best)
    {
        int lower = makespans.Keys.Where(width => width < best).DefaultIfEmpty(0).Max();
        int upper = makespans.Keys.Where(width => width > best).DefaultIfEmpty(jobs + 1).Min();
        return [.. new[] { (lower + best) / 2, (best + upper) / 2 }.Where(width => width > 0 && width <= jobs && !makespans.ContainsKey(width))];
    }

    private async Task<double?> TryAsync(int width, Func<int, double?, Task<double?>> measure)
    {
        if (!makespans.TryGetValue(width, out double? seconds))
            makespans[width] = seconds = await measure(width, BestSeconds);
        return seconds;
    }
}
