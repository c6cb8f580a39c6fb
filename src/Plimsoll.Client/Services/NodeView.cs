namespace Plimsoll.Client.Services;

/// <summary>A machine that runs tasks, with what admission reckons it with.</summary>
/// <param name="Up">False = it is gone, or only tasks of it are known.</param>
/// <param name="TotalBytes">Physical memory or the tightest limit above it; null while there is no reading.</param>
/// <param name="FreeBytes">What new allocations can get.</param>
/// <param name="CapacityBytes">What tasks may hold together where nobody else uses anything; null = not bounded.</param>
/// <param name="RoomBytes">The same less what others use now; null = not bounded.</param>
/// <param name="ReserveBytes">Never given to tasks.</param>
/// <param name="HeldBytes">What live tasks count for.</param>
/// <param name="OwedBytes">The part of it that they do not hold yet.</param>
/// <param name="BurstPoolBytes">Kept free for their bursts.</param>
/// <param name="OthersBytes">Used by others.</param>
/// <param name="Cores">Cores that claims are counted against; null = not counted.</param>
/// <param name="CoresHeld">Cores that live tasks have claimed.</param>
/// <param name="Live">Tasks and leases that hold capacity.</param>
/// <param name="SlotsTaken">Those that count against the number of tasks at once.</param>
/// <param name="Frozen">Those that are stopped because memory is short.</param>
/// <param name="Gated">True while its guard lets nothing start.</param>
/// <param name="Stalled">Share of the last second in which work stalled for want of memory; null where the machine does not tell.</param>
/// <param name="ProcessorsBusy">Share of processor time that was used; null where the machine does not tell.</param>
public sealed record NodeView(
    int Node,
    bool Up,
    IReadOnlyList<string> Labels,
    long? TotalBytes,
    long? FreeBytes,
    long? CapacityBytes,
    long? RoomBytes,
    long? ReserveBytes,
    long HeldBytes,
    long OwedBytes,
    long BurstPoolBytes,
    long OthersBytes,
    double? Cores,
    double CoresHeld,
    int Live,
    int SlotsTaken,
    int Frozen,
    bool Gated,
    StallView? Stalled,
    double? ProcessorsBusy,
    long? SwapUsedBytes);
