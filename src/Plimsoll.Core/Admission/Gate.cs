namespace Plimsoll.Core.Admission;

/// <summary>What keeps a node from starting anything at all.</summary>
internal enum Gate : byte
{
    Open = 0,

    /// <summary>Intake was paused on request.</summary>
    Paused = 1,

    /// <summary>An exclusive task runs.</summary>
    Exclusive = 2,

    /// <summary>As many tasks run as the policy allows.</summary>
    Concurrency = 3,

    /// <summary>More memory is used than <c>pause_above</c>, or was until a moment ago.</summary>
    PausedAbove = 4,

    /// <summary>The guard wants nothing to start: too little is free.</summary>
    Guarded = 5,

    /// <summary>Attempts are frozen; they go on before anything starts.</summary>
    Frozen = 6,

    /// <summary>An attempt was evicted a moment ago.</summary>
    CoolDown = 7,

    /// <summary>Half of the swap space is used.</summary>
    Swap = 8,

    /// <summary>The node is gone.</summary>
    Gone = 9,
}
