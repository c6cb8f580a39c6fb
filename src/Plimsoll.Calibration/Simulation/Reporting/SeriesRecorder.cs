using System.Collections.Immutable;

namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>Means over time of bounded size: when it is full, neighbours are merged and every stretch becomes twice as long.</summary>
internal sealed class SeriesRecorder
{
    private const int Most = 240;

    private readonly List<(double Seconds, double Live, double Held, double Cores)> sums = [];
    private double length = 0.25;

    public double Seconds { get; private set; }

    public double LiveSeconds { get; private set; }

    public double HeldByteSeconds { get; private set; }

    public double CoreSeconds { get; private set; }

    public long MostLive { get; private set; }

    public long MostHeld { get; private set; }

    /// <summary>So much was so for that long.</summary>
    public void Add(double seconds, int live, long held, double cores)
    {
        MostLive = Math.Max(MostLive, live);
        MostHeld = Math.Max(MostHeld, held);
        LiveSeconds += seconds * live;
        HeldByteSeconds += seconds * held;
        CoreSeconds += seconds * cores;
        while (seconds > 0)
        {
            int place = (int)(Seconds / length);
            if (place >= Most)
            {
                Halve();
                continue;
            }

            while (sums.Count <= place)
            {
                sums.Add(default);
            }

            double part = Math.Min(seconds, Math.Max(length * 1e-9, ((place + 1) * length) - Seconds));
            (double s, double l, double h, double c) = sums[place];
            sums[place] = (s + part, l + (part * live), h + (part * held), c + (part * cores));
            Seconds += part;
            seconds -= part;
        }
    }

    public ImmutableArray<SeriesPoint> ToArray() =>
        [.. sums.Where(static sum => sum.Seconds > 0).Select((sum, place) => new SeriesPoint((place * length) + sum.Seconds, sum.Live / sum.Seconds, sum.Held / sum.Seconds, sum.Cores / sum.Seconds))];

    private void Halve()
    {
        for (int i = 0; i < Most / 2; i++)
        {
            (double Seconds, double Live, double Held, double Cores) a = sums[2 * i], b = sums[(2 * i) + 1];
            sums[i] = (a.Seconds + b.Seconds, a.Live + b.Live, a.Held + b.Held, a.Cores + b.Cores);
        }

        sums.RemoveRange(Most / 2, sums.Count - (Most / 2));
        length *= 2;
    }
}
