namespace Plimsoll.Core.Lifecycle;

/// <summary>How an attempt ended; stored in the journal and never renumbered.</summary>
public enum AttemptOutcome : byte
{
    Succeeded = 0,
    Failed = 1,
    TimedOut = 2,
    OutOfMemory = 3,

    /// <summary>Ended by the pressure ladder to protect the host; does not use up an attempt.</summary>
    Evicted = 4,

    /// <summary>Its end was not recorded (the machine or the supervisor died) or somebody else killed it; does not use up an attempt.</summary>
    Lost = 5,

    /// <summary>The command could not be started.</summary>
    StartFailed = 6,
    Cancelled = 7,
}
