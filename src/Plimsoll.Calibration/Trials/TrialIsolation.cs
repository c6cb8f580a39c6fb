namespace Plimsoll.Calibration.Trials;

/// <summary>How a job that is measured is held apart.</summary>
public enum TrialIsolation
{
    /// <summary>The bare process, as nobody but the kernel starts it.</summary>
    Bare,

    /// <summary>A supervised process without a cgroup.</summary>
    None,

    /// <summary>A leaf cgroup of its own.</summary>
    Cgroup,

    /// <summary>A container.</summary>
    Container,
}
