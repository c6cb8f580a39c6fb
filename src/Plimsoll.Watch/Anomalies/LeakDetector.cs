using Plimsoll.Core.Units;

namespace Plimsoll.Watch.Anomalies;

/// <summary>Finds steady growth in the memory of one attempt; what a start needs, bursts and garbage collection do not count.</summary>
/// <remarks>
/// Looks at the least value of each half minute, so that bursts and the teeth of a collector's saw disappear, over the last 15 minutes. A leak is when the
/// robust slope is above zero with confidence, the least of five stretches rises evenly from each to the next, growth does not slow down (what fills up slows
/// down, a leak does not), and the level is one that was never held before, so that slow waves do not count. Allocates once per half minute.
/// </remarks>
public sealed class LeakDetector
{
    private const int Kept = 30;
    private const int Stretches = 5;
    private const int Stretch = Kept / Stretches;

    // Of the mean rise from stretch to stretch; a single step has rises of nothing beside one large one.
    private const double Evenness = 0.3;

    // Growth of the second half over that of the first; filling up with a time constant below 10 minutes gives less.
    private const double Slowing = 0.7;

    // Robust standard deviations above the line from which on a slice is a burst.
    private const double Wild = 5;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Warmup = TimeSpan.FromMinutes(2);
    private static readonly Bytes LeastGrowth = Bytes.FromMebibytes(20);
    private static readonly double[] Minutes = [.. Enumerable.Range(0, Kept).Select(static i => i / 2.0)];

    private readonly Queue<double> lows = new(Kept);
    private DateTimeOffset? startedAt;
    private DateTimeOffset sliceFrom;
    private double low = double.NaN;
    private double highest = double.NaN; // of the least values of stretches before the window
    private double leaving = double.NaN;
    private int left;
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
                Leave(lows.Dequeue());
            }
        }

        sliceFrom = at;
        low = double.NaN;
        found = lows.Count == Kept ? Judge([.. lows]) : null;
    }

    private void Leave(double value)
    {
        leaving = double.IsNaN(leaving) ? value : double.IsNaN(value) ? leaving : Math.Min(leaving, value);
        if (++left % Stretch == 0)
        {
            highest = double.IsNaN(highest) || leaving > highest ? leaving : highest;
            leaving = double.NaN;
        }
    }

    private Leak? Judge(double[] values)
    {
        if (Trend.Of(Minutes, values) is not { Least: > 0 } trend)
        {
            return null;
        }

        // A stretch that is mostly burst or gap says nothing about the level below.
        DropBursts(values, trend);
        double[][] stretches = [.. values.Chunk(Stretch).Select(static part => part.Where(double.IsFinite).ToArray())];
        if (Array.Exists(stretches, static part => part.Length < Stretch * 2 / 3))
        {
            return null;
        }

        double[] least = [.. stretches.Select(static part => part.Min())];
        double grown = least[^1] - least[0];
        double evenly = Evenness * grown / (Stretches - 1);
        for (int i = 1; i < Stretches; i++)
        {
            if (!(least[i] - least[i - 1] >= evenly))
            {
                return null;
            }
        }

        double early = least[Stretches / 2] - least[0];
        double late = least[^1] - least[Stretches / 2];
        return grown < LeastGrowth.Value || late < Slowing * early || least[^1] - highest < LeastGrowth.Value / 2
            ? null
            : new Leak(trend.Slope, trend.Least, new Bytes((long)grown), new Bytes((long)trend.Level), Slice * Kept);
    }

    private static void DropBursts(double[] values, Trend trend)
    {
        double[] above = [.. values.Select((value, i) => value - trend.Level - (trend.Slope * (Minutes[i] - Minutes[^1])))];
        double[] known = [.. above.Where(double.IsFinite)];
        double bound = Robust.Median(known) + (Wild * Robust.MadScale * Robust.Mad(known));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = above[i] > bound ? double.NaN : values[i];
        }
    }
}
