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
}
