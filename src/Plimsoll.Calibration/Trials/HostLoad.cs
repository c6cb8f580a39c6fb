using Plimsoll.Core.Capacity;
using Plimsoll.Engine.Guarding;

namespace Plimsoll.Calibration.Trials;

/// <summary>What the machine went through during a trial.</summary>
public sealed class HostLoad
{
    private int readings;
    private double stalls;
    private double busy;

    /// <summary>Of all swap space, 0..1; 0 without any.</summary>
    public double MostSwapShare { get; private set; }

    /// <summary>Share of a second in which some job stalled for want of memory.</summary>
    public double MostStall { get; private set; }

    public double MeanStall => readings > 0 ? stalls / readings : 0;

    public double MeanBusy => readings > 0 ? busy / readings : 0;

    public long MostBytes { get; private set; }

    public long LeastFreeBytes { get; private set; } = long.MaxValue;

    internal void Take(INodeProbe probe)
    {
        readings++;
        SwapSample swap = probe.Swap;
        MostSwapShare = Math.Max(MostSwapShare, swap.Total.Value > 0 ? swap.Used.Value / (double)swap.Total.Value : 0);
        double stall = probe.Pressure?.Some ?? 0;
        MostStall = Math.Max(MostStall, stall);
        stalls += stall;
        busy += probe.Cpu?.Busy ?? 0;
        MostBytes = Math.Max(MostBytes, probe.Memory.Tasks.Value);
        LeastFreeBytes = Math.Min(LeastFreeBytes, probe.Memory.Free.Value);
    }
}
