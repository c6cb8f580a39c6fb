namespace Plimsoll.Core.Lifecycle;

/// <summary>What becomes due.</summary>
internal enum DueKind : byte
{
    /// <summary>The backoff of a task ends; its key is the handle.</summary>
    Retry = 0,

    /// <summary>An attempt has lived too long; its key is the handle.</summary>
    Timeout = 1,

    /// <summary>A breaker lets a probe through.</summary>
    Probe = 2,

    /// <summary>A pause above a share of used memory may end.</summary>
    Pause = 3,

    /// <summary>A start counts as settled; its key is the handle.</summary>
    Settle = 4,

    /// <summary>The node may start again after an eviction.</summary>
    CoolDown = 5,

    /// <summary>The limit of a service outside lets the first that waits for it go; its key is the lock's.</summary>
    Limit = 6,
}
