namespace Plimsoll.Engine.Isolation;

/// <summary>How tasks are held apart from each other and from the host.</summary>
public enum IsolationKind : byte
{
    /// <summary>A cgroup where this machine allows it, otherwise as a process.</summary>
    Auto = 0,

    /// <summary>A session of its own; limits are watched, not enforced.</summary>
    Process = 1,

    /// <summary>A leaf cgroup per attempt, limited by the kernel.</summary>
    Cgroup = 2,

    /// <summary>A container of podman or docker.</summary>
    Container = 3,
}
