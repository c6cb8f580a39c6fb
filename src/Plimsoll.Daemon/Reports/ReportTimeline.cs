using Plimsoll.Client.Reports;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Reports;

/// <summary>Concurrency and memory over the life of a run, in slices of equal length.</summary>
internal sealed class ReportTimeline(DateTimeOffset from, DateTimeOffset to)
{
    private const int Slices = 240;

    private readonly double[] running = new double[Slices];
    private readonly double[] bytes = new double[Slices];
    private readonly bool[] measured = new bool[Slices];
    private readonly double sliceSeconds = Math.Max(0.001, (to - from).TotalSeconds) / Slices;

    public void Add(ReportedTask task)
    {
        foreach (AttemptRecord attempt in task.Attempts)
        {
            Add(attempt);
        }
    }

    public IReadOnlyList<ReportPointView> Points() =>
        [.. Enumerable.Range(0, Slices).Select(i => new ReportPointView(i * sliceSeconds, running[i], measured[i] ? (long)bytes[i] : null))];

    private void Add(AttemptRecord attempt)
    {
        double begins = Math.Max(0, (attempt.AdmittedAt - from).TotalSeconds);
        double ends = Math.Max(begins, ((attempt.EndedAt ?? to) - from).TotalSeconds);
        int last = Math.Min(Slices - 1, (int)(ends / sliceSeconds));
        for (int i = (int)(begins / sliceSeconds); i <= last; i++)
        {
            double alive = (Math.Min(ends, (i + 1) * sliceSeconds) - Math.Max(begins, i * sliceSeconds)) / sliceSeconds;
            running[i] += alive;
            if (attempt.Footprint is { } held)
            {
                measured[i] = true;
                bytes[i] += alive * Held(held, ((i + 0.5) * sliceSeconds) - begins);
            }
        }
    }

    // A point is the most held since the point before, so a moment belongs to the point after it.
    private static long Held(AttemptFootprint held, double seconds)
    {
        foreach (MemoryPoint point in held.Curve)
        {
            if (point.At.TotalSeconds >= seconds)
            {
                return point.Resident.Value;
            }
        }

        return held.Curve.IsEmpty ? held.Settled.Value : held.Curve[^1].Resident.Value;
    }
}
