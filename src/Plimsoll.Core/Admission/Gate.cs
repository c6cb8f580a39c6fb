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
}
