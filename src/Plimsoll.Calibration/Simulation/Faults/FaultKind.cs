namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>What a fault simulation does to the system.</summary>
public enum FaultKind
{
    /// <summary>An attempt ends with an exit code other than 0.</summary>
    TaskCrash,

    /// <summary>An attempt is ended for exceeding its own memory limit.</summary>
    OutOfMemory,

    /// <summary>An attempt hangs until it is ended.</summary>
    Hang,

    /// <summary>A command cannot be started.</summary>
    StartFailure,

    /// <summary>Somebody else ends an attempt by SIGKILL.</summary>
    OutsideKill,

    /// <summary>A node goes with everything on it.</summary>
    NodeLoss,

    /// <summary>Plimsoll dies at any moment and is started again.</summary>
    Restart,

    /// <summary>The wall clock is another one after a restart.</summary>
    ClockJump,

    /// <summary>A commit takes long.</summary>
    JournalDelay,

    /// <summary>An input comes twice.</summary>
    DuplicatedInput,

    /// <summary>An input comes when it is long out of date.</summary>
    LateInput,

    /// <summary>An input about something that never was.</summary>
    ForeignInput,

    /// <summary>Somebody cancels, retries, reorders or pauses.</summary>
    Request,
}
