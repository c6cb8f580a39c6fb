using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation;

/// <summary>One simulation of one load.</summary>
public sealed record SimulationOptions(ImmutableArray<SimulatedNode> Nodes, SimulatedPolicy Policy)
{
    /// <summary>Nodes are read, and their guards act, up to this many; above it memory is what admission reckons.</summary>
    public const int MostRead = 64;

    public PlacementStrategy Placement { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How often the load is run one after the other; the classes are known from the second time on.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>From the decision to start until the work begins.</summary>
    public TimeSpan StartLatency { get; init; }

    /// <summary>Processor time that each start takes of one of its node's <see cref="StartLanes"/> processors.</summary>
    public TimeSpan StartCpu { get; init; }

    /// <summary>Processors that starts are served by; 0 = as many as there are starts.</summary>
    public int StartLanes { get; init; }

    /// <summary>Memory never given to tasks; null = the default of each node.</summary>
    public Bytes? Reserve { get; init; }

    /// <summary>Agents that each provider's quota can feed at once.</summary>
    public ImmutableDictionary<string, int> Quotas { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Factor on the limits of services outside.</summary>
    public double ServiceScale { get; init; } = 1;

    /// <summary>What is known of classes before the first start.</summary>
    public IReadOnlyList<Plimsoll.Core.Facts.ClassLearned> Learned { get; init; } = [];

    public IReadOnlyList<NodeOutage> Outages { get; init; } = [];

    /// <summary>True when memory is read and guards act.</summary>
    public bool IsRead => Nodes.Length <= MostRead && !Policy.KnowsSizes;
}
