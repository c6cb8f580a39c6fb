using System.Collections.Immutable;

namespace Plimsoll.Core.Explain;

/// <summary>What is shared at one moment, and who has it; immutable.</summary>
/// <param name="Breakers">Those that are not closed.</param>
/// <param name="IntakePaused">True while nothing is started on request.</param>
public sealed record CapacitySnapshot(
    DateTimeOffset At,
    ImmutableArray<LockSnapshot> Locks,
    ImmutableArray<NodeSnapshot> Nodes,
    ImmutableArray<BreakerSnapshot> Breakers,
    bool IntakePaused,
    string IntakeReason);
