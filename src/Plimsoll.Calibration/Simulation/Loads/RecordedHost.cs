using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>The machine on which recorded workflows are compared: every task fits, few fit together.</summary>
internal static class RecordedHost
{
    private const long Least = 4L << 30;
    private const double OverLargest = 3;

    public static long Bytes(SimulatedLoad load) => Math.Max(Least, (long)(OverLargest * load.Work.Max(static work => work.PeakBytes)));

    /// <summary>What is left for tasks.</summary>
    public static long Usable(long bytes) => bytes - KernelLimits.Default.ReserveOf(new Bytes(bytes)).Value;
}
