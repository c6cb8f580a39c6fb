namespace Plimsoll.Core.Effects;

/// <summary>Why the kernel ends an attempt.</summary>
public enum KillReason : byte
{
    Cancelled = 0,
    TimedOut = 1,
    Evicted = 2,
}
