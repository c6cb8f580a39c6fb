using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Guarding;

/// <summary>One step of the pressure ladder, with the numbers that made it.</summary>
/// <param name="Attempt">Default for steps of the whole node (gate, ungate, hold, release).</param>
/// <param name="Free">Free memory of the node.</param>
/// <param name="Reserve">Memory that is never given to tasks; the thresholds are shares of it.</param>
/// <param name="Projected">Free memory expected half a second later; may be negative.</param>
/// <param name="Growth">Of the attempt, bytes per second; of all attempts for a step of the node.</param>
public readonly record struct GuardAction(
    GuardActionKind Kind,
    GuardCause Cause,
    AttemptId Attempt,
    Bytes Free,
    Bytes Reserve,
    Bytes Projected,
    Bytes Growth);
