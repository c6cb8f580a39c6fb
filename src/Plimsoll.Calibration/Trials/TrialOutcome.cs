namespace Plimsoll.Calibration.Trials;

/// <summary>How a measured job ended.</summary>
public enum TrialOutcome
{
    Succeeded,

    /// <summary>An exit code other than 0, or a signal nobody of us sent, without evidence about memory.</summary>
    Failed,

    /// <summary>Killed for its own memory limit.</summary>
    OwnLimit,

    /// <summary>Killed because all jobs together, or the machine, had no memory left.</summary>
    HostKill,

    TimedOut,

    /// <summary>Ended by us because the trial was stopped.</summary>
    Stopped,

    NotStarted,
}
