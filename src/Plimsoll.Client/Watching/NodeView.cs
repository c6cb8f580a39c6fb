namespace Plimsoll.Client.Watching;

/// <summary>A machine: what it has, and how admission reckons with it. What could not be read is null.</summary>
/// <param name="MemoryLimitBytes">Physical memory, or the tightest limit of a cgroup.</param>
/// <param name="CapacityBytes">What tasks may hold together; null = not bounded.</param>
/// <param name="ReserveBytes">Never given to tasks.</param>
/// <param name="HeldBytes">What live attempts count for: measured, or expected where that is more.</param>
/// <param name="OwedBytes">The part of it that they do not hold yet.</param>
/// <param name="BurstPoolBytes">Kept free for their bursts.</param>
/// <param name="BurstBytes">What they may still burst by, together.</param>
/// <param name="ForeignBytes">Used by others.</param>
/// <param name="StalledSome">Share of the last second in which something stalled for want of memory.</param>
/// <param name="StalledFull">The same for all work at once.</param>
/// <param name="Gated">True while the pressure ladder lets nothing start.</param>
public sealed record NodeView(
    int Id,
    string Name,
    bool IsUp,
    double? Cores,
    double? CpuBusy,
    double? CpuStalled,
    long? MemoryLimitBytes,
    long? MemoryFreeBytes,
    long? TasksBytes,
    long? CapacityBytes,
    long? ReserveBytes,
    long? HeldBytes,
    long? OwedBytes,
    long? BurstPoolBytes,
    long? BurstBytes,
    long? ForeignBytes,
    long? SwapTotalBytes,
    long? SwapUsedBytes,
    double? StalledSome,
    double? StalledFull,
    long? DiskTotalBytes,
    long? DiskFreeBytes,
    int Live,
    int Frozen,
    bool Gated);
