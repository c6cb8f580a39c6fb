namespace Plimsoll.Client.Overviews;

/// <summary>How far memory is loaded, against the line that says how far it may be.</summary>
/// <param name="TotalBytes">Memory there is; null = cannot be read.</param>
/// <param name="ReserveBytes">Kept for the host, above the line; null = memory is not judged.</param>
/// <param name="CapacityBytes">The line; null = memory is not judged.</param>
/// <param name="OthersBytes">Used by programs that are no tasks.</param>
/// <param name="UsedBytes">Held by tasks, as measured.</param>
/// <param name="OwedBytes">Promised to tasks and not yet seen to be used.</param>
/// <param name="SharedBytes">Pages of executables and libraries, needed once.</param>
/// <param name="BurstBytes">The pool that bursts share.</param>
/// <param name="FreeBytes">Memory that nobody uses; null = cannot be read.</param>
public sealed record LoadLineView(
    long? TotalBytes,
    long? ReserveBytes,
    long? CapacityBytes,
    long OthersBytes,
    long UsedBytes,
    long OwedBytes,
    long SharedBytes,
    long BurstBytes,
    long? FreeBytes);
