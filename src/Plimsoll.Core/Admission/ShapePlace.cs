namespace Plimsoll.Core.Admission;

/// <summary>Where a shape's ready tasks wait.</summary>
internal enum ShapePlace : byte
{
    /// <summary>It has no ready task.</summary>
    Idle = 0,

    /// <summary>Admission looks at it.</summary>
    Candidate = 1,

    /// <summary>Asleep until a lock changes.</summary>
    Lock = 2,

    /// <summary>Held until the circuit breaker of its class lets it go.</summary>
    Breaker = 3,

    /// <summary>As many of its class run as may: its width, or the probes of a class that is not known yet.</summary>
    Width = 4,
}
