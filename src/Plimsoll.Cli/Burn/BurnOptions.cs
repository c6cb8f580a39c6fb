namespace Plimsoll.Cli.Burn;

/// <summary>What a synthetic job does.</summary>
/// <param name="Curve">Total resident size over time, runtime included; at least one point, ascending in time, straight lines between.</param>
/// <param name="Life">From spawn to end, so start-up is inside.</param>
/// <param name="CpuThreads">Threads that compute instead of sleeping, 0..1024.</param>
internal sealed record BurnOptions(IReadOnlyList<BurnPoint> Curve, TimeSpan Life, int CpuThreads)
{
    /// <summary>Processes that hold equal shares of the curve, 1..64.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Computing on one thread before anything else, counted from spawn.</summary>
    public TimeSpan StartCpu { get; init; }

    /// <summary>A file that is written and read over and over, to fill the page cache; null = none.</summary>
    public string? File { get; init; }

    public long FileBytes { get; init; }

    /// <summary>A job of one size for all its life.</summary>
    public static BurnOptions Constant(long residentBytes, TimeSpan life, int cpuThreads = 0) =>
        new([new BurnPoint(TimeSpan.Zero, residentBytes)], life, cpuThreads);

    public long LargestBytes => Curve.Max(point => point.ResidentBytes);

    /// <summary>The size wanted at a time: the first point's before it, the last point's after it.</summary>
    public long ResidentBytesAt(TimeSpan at)
    {
        BurnPoint before = Curve[0];
        foreach (BurnPoint point in Curve)
        {
            if (point.At > at)
            {
                double share = point.At == before.At ? 1 : Math.Clamp((at - before.At) / (point.At - before.At), 0, 1);
                return before.ResidentBytes + (long)(share * (point.ResidentBytes - before.ResidentBytes));
            }

            before = point;
        }

        return before.ResidentBytes;
    }
}
