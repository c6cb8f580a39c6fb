namespace Plimsoll.Watch.Forecasts;

/// <summary>What tasks of each class are expected to take: as their plan says, corrected by how those seen compare with it; without a plan's word as those seen.</summary>
/// <remarks>Those that run still count as lasting longer than they have run, for the first to end are the short ones. One caller.</remarks>
public sealed class DurationOutlook
{
    /// <summary>Assumed of a task of which nothing at all is known.</summary>
    public const double UnknownSeconds = 60;

    private const int Kept = 256;
    private const int Enough = 4;
    private const double UnknownSpread = 0.5;

    private readonly Dictionary<string, List<Lifetime>> told = new(StringComparer.Ordinal); // as multiples of what the plan says
    private readonly Dictionary<string, List<Lifetime>> untold = new(StringComparer.Ordinal); // in seconds
    private readonly Dictionary<(bool Told, string? Name), double?> middles = [];

    /// <summary>Takes the duration of a task that ended well.</summary>
    /// <param name="expected">As its plan says; 0 = it does not.</param>
    public void Learn(string name, double expected, double took) => Add(name, expected, took, ended: true);

    /// <summary>Takes how long a task has run that runs still; each forecast begins with <see cref="ForgetRunning"/>.</summary>
    public void Observe(string name, double expected, double elapsed) => Add(name, expected, elapsed, ended: false);

    public void ForgetRunning()
    {
        foreach (List<Lifetime> of in told.Values.Concat(untold.Values))
        {
            of.RemoveAll(static one => !one.Ended);
        }

        middles.Clear();
    }

    public double Seconds(string name, double expected) => expected > 0
        ? expected * (Middle(told, name) ?? Middle(told, null) ?? 1)
        : Middle(untold, name) ?? Middle(untold, null) ?? UnknownSeconds;

    /// <summary>Standard deviation of the logarithm of durations about what is expected.</summary>
    public double Spread()
    {
        (double sum, double weight) = (0, 0);
        foreach (List<Lifetime> of in told.Values.Concat(untold.Values))
        {
            if (of.Count(static one => one.Ended) >= Enough && LogNormalFit.Of(of) is { } fit)
            {
                sum += of.Count * fit.Spread * fit.Spread;
                weight += of.Count;
            }
        }

        return weight > 0 ? Math.Sqrt(sum / weight) : UnknownSpread;
    }

    private void Add(string name, double expected, double seconds, bool ended)
    {
        Dictionary<string, List<Lifetime>> into = expected > 0 ? told : untold;
        if (!into.TryGetValue(name, out List<Lifetime>? of))
        {
            into[name] = of = [];
        }

        if (of.Count == Kept)
        {
            of.RemoveAt(0);
        }

        of.Add(new Lifetime(expected > 0 ? seconds / expected : seconds, ended));
        middles.Clear();
    }

    /// <param name="name">Null = of all classes together.</param>
    private double? Middle(Dictionary<string, List<Lifetime>> from, string? name)
    {
        (bool, string?) key = (ReferenceEquals(from, told), name);
        if (middles.TryGetValue(key, out double? known))
        {
            return known;
        }

        List<Lifetime> of = name is null ? [.. from.Values.SelectMany(static all => all)] : from.GetValueOrDefault(name) ?? [];
        return middles[key] = of.Count(static one => one.Ended) >= (name is null ? 1 : Enough) ? LogNormalFit.Of(of)?.Middle : null;
    }
}
