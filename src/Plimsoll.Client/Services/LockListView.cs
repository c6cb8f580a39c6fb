namespace Plimsoll.Client.Services;

/// <summary>Locks, limits and quotas that are declared, held or waited for, by name, at one moment.</summary>
public sealed record LockListView(DateTimeOffset At, IReadOnlyList<LockView> Locks);
