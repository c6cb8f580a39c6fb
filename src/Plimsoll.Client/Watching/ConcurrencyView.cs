namespace Plimsoll.Client.Watching;

/// <summary>What runs at once, what waits, and for what.</summary>
/// <param name="Waiting">For other tasks.</param>
/// <param name="Ready">For capacity, a lock, a breaker or their turn.</param>
/// <param name="Retrying">For the end of a backoff.</param>
/// <param name="OldestReady">The ready task that has waited longest; null when none is ready.</param>
/// <param name="Line">The first tasks in line with the deciding reason; filled from the second request on.</param>
/// <param name="Reasons">How many of the line wait for which reason.</param>
/// <param name="Locks">Locks, limits and quotas that somebody holds or waits for.</param>
public sealed record ConcurrencyView(
    int PoolSize,
    int Running,
    int Frozen,
    long Waiting,
    long Ready,
    long Retrying,
    bool IntakePaused,
    OldestReadyView? OldestReady,
    IReadOnlyList<LineView> Line,
    IReadOnlyDictionary<string, int> Reasons,
    IReadOnlyList<LockStatusView> Locks,
    IReadOnlyList<PoolStatusView> Pools,
    IReadOnlyList<LeaseHoldView> Leases);
