namespace Plimsoll.Daemon.Requests;

/// <summary>What the executable returns; the same for all verbs and never changed.</summary>
public enum ExitCode
{
    Success = 0,

    /// <summary>At least one task did not succeed.</summary>
    TaskFailed = 1,

    /// <summary>Invalid usage, plan or configuration.</summary>
    Invalid = 2,

    /// <summary>The environment is at fault: journal, disk, permissions, a missing program.</summary>
    Environment = 3,

    /// <summary>Another Plimsoll owns the state folder.</summary>
    Busy = 4,

    /// <summary>A bug in Plimsoll.</summary>
    Internal = 70,

    Interrupted = 130,
    Terminated = 143,
}
