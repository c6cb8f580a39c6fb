using Plimsoll.Core.Units;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.WfCommons;

/// <summary>What a workflow system really wrote into <c>memoryInBytes</c>.</summary>
/// <remarks>Seen in wfcommons/WfInstances: Pegasus kickstart's KiB times 1000, Makeflow's resource monitor's MB times 10^6, Nextflow's bytes.</remarks>
internal static class RecordingFamily
{
    /// <summary>Factor from the number in the file to bytes.</summary>
    public static double MemoryFactor(Node root)
    {
        string system = root.Find("runtimeSystem")?.Find("name")?.Text ?? root.Find("wms")?.Find("name")?.Text ?? "";
        return system.Equals("Pegasus", StringComparison.OrdinalIgnoreCase) ? 1024.0 / 1000 : 1;
    }

    public static Bytes? Memory(double value, double factor) => value > 0 ? new Bytes((long)Math.Min(value * factor, 1L << 60)) : null;
}
