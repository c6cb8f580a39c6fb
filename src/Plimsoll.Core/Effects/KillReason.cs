namespace Plimsoll.Core.Effects;

/// <summary>Why the kernel ends an attempt.</summary>
public enum KillReason : byte
{
    Cancelled = 0,
    TimedOut = 1,
    Evicted = 2,

    /// <summary>Plimsoll itself is being stopped: the attempt ends as cancelled, its task goes back to ready and keeps its attempts.</summary>
    Interrupted = 3,
}
