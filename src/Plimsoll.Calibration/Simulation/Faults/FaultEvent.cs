using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>Something that happens in a fault simulation; exactly one member says what.</summary>
internal sealed record FaultEvent
{
    /// <summary>Reaches Plimsoll, if it lives then.</summary>
    public Input? Input { get; init; }

    /// <summary>An attempt comes to its end.</summary>
    public (AttemptId Attempt, ExitReport Report)? End { get; init; }

    /// <summary>A released effect is performed.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The commit that is under way is done.</summary>
    public bool Commit { get; init; }

    public FaultKind? Fault { get; init; }

    /// <summary>A node is back.</summary>
    public NodeId? Return { get; init; }

    /// <summary>Of Plimsoll's life; what was meant for an earlier one is lost.</summary>
    public int Life { get; init; }
}
