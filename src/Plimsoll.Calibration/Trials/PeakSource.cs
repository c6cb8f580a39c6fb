namespace Plimsoll.Calibration.Trials;

/// <summary>Who saw the largest size of a job.</summary>
public enum PeakSource
{
    /// <summary>Readings of all its processes together.</summary>
    Readings,

    /// <summary>The kernel, of its largest process alone, pages of programs included; asked only where there is no cgroup.</summary>
    Process,

    /// <summary>The kernel, of its cgroup (memory.peak, or memory.max_usage_in_bytes), less page cache.</summary>
    Cgroup,
}
