namespace Plimsoll.Core.Lifecycle;

/// <summary>Where a task stands in its life; the values are stored in the journal and never renumbered.</summary>
public enum TaskState : byte
{
    /// <summary>At least one need has not ended.</summary>
    Waiting = 0,

    /// <summary>Every need has ended well; it waits for capacity, a lock, a breaker or its turn.</summary>
    Ready = 1,

    /// <summary>Chosen; its start is being made durable or carried out.</summary>
    Admitted = 2,

    /// <summary>Its process (or in-process work) is alive.</summary>
    Running = 3,

    /// <summary>Alive but stopped by the pressure ladder.</summary>
    Frozen = 4,

    /// <summary>An attempt ended and the next one waits for its backoff.</summary>
    Retrying = 5,

    Succeeded = 6,

    /// <summary>Ended badly, and its policy grants this outcome no retry.</summary>
    Failed = 7,

    /// <summary>Dead letter: ended badly with every retry used up.</summary>
    Dead = 8,

    Cancelled = 9,

    /// <summary>A hard need did not succeed, or its condition was false.</summary>
    Skipped = 10,
}
