namespace Plimsoll.Engine.Isolation;

/// <summary>How one live attempt is held apart.</summary>
/// <param name="Kind">Process, Cgroup or Container.</param>
/// <param name="Applied">Limits the kernel enforces, as read back; all null where limits are only watched, and for a container until it is seen running.</param>
/// <param name="Frozen">It is stopped now.</param>
/// <param name="Escaped">A process of it has moved itself out of its cgroup: the limits do not cover it any more.</param>
public sealed record AttemptIsolation(IsolationKind Kind, TaskLimits Applied, bool Frozen, bool Escaped);
