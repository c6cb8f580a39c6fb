using Plimsoll.Core.Units;

namespace Plimsoll.Watch.Anomalies;

/// <summary>Finds steady growth in the memory of one attempt; what a start needs, bursts and garbage collection do not count.</summary>
/// <remarks>
/// Looks at the least value of each half minute, so that bursts and the teeth of a collector's saw disappear, over the last 15 minutes. A leak is when the
/// robust slope is above a bound with confidence, the least of five stretches rises from each to the next, and growth does not slow down: what fills up
/// slows down, a leak does not. Allocates once per half minute.
/// </remarks>
public sealed class LeakDetector
{
    private const int Kept = 30;
    private const int Stretches = 5;

    // Growth of the second half over that of the first; filling up with a time constant below 10 minutes gives less.
    private const double Slowing = 0.6;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Warmup = TimeSpan.FromMinutes(2);
    private static readonly Bytes LeastGrowth = Bytes.FromMebibytes(16);
    private static readonly double[] Minutes = [.. Enumerable.Range(0, Kept).Select(static i => i / 2.0)];

    private readonly Queue<double> lows = new(Kept);
    private DateTimeOffset? startedAt;
    private DateTimeOffset sliceFrom;
    private double low = double.NaN;
    private Leak? found;

    /// <summary>Takes a reading.</summary>
    /// <returns>The leak that the last 15 minutes show, or null.</returns>
    public Leak? Read(DateTimeOffset at, Bytes resident)
    {
        startedAt ??= at;
        if (at - startedAt < Warmup)
        {
            sliceFrom = at;
            return null;
        }

        if (at - sliceFrom >= Slice)
        {
            Close(at);
        }

        low = double.IsNaN(low) ? resident.Value : Math.Min(low, resident.Value);
        return found;
    }

    private void Close(DateTimeOffset at)
    {
        // Slices that nothing was read in are gaps; after a long one the window begins anew.
        long missed = (at - sliceFrom) / Slice is var slices and < Kept ? (long)slices : Kept;
        for (long i = 0; i < missed; i++)
        {
            lows.Enqueue(i == 0 ? low : double.NaN);
            if (lows.Count > Kept)
            {
                lows.Dequeue();
            }
        }

        sliceFrom = at;
        low = double.NaN;
        found = lows.Count == Kept ? Judge([.. lows]) : null;
    }

    private static Leak? Judge(double[] values)
    {
        if (values.Count(double.IsFinite) < Kept * 3 / 4 || Trend.Of(Minutes, values) is not { Least: > 0 } trend)
        {
            return null;
        }

        double[] least = [.. values.Chunk(Kept / Stretches).Select(static part => part.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min())];
        for (int i = 1; i < Stretches; i++)
        {
            if (!(least[i] > least[i - 1]))
            {
                return null;
            }
        }

        double grown = trend.Slope * Minutes[^1];
        double early = Slope(values, 0);
        double late = Slope(values, Kept / 2);
        return grown < LeastGrowth.Value || late < Slowing * early || late <= 0
            ? null
            : new Leak(trend.Slope, trend.Least, new Bytes((long)grown), new Bytes((long)trend.Level), Slice * Kept);
    }

    private static double Slope(double[] values, int from) => Trend.Of(Minutes.AsSpan(from, Kept / 2), values.AsSpan(from, Kept / 2))?.Slope ?? 0;
}
