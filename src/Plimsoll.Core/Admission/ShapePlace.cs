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
}
