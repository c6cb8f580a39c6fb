using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>Everything about capacity that can be retuned while tasks run.</summary>
/// <param name="Reserve">Memory never given to tasks; null = 5 % of the node's limit, at least 64 MiB, at most 4 GiB.</param>
/// <param name="LockUnits">Units of each counted lock; a lock that is not listed has 1.</param>
/// <param name="LossCap">Evictions, or losses, of one task after which it becomes a dead letter.</param>
public sealed record KernelLimits(
    ConcurrencyPolicy Concurrency,
    NodeCapacity Node,
    Bytes? Reserve,
    ImmutableDictionary<string, int> LockUnits,
    int LossCap = 10)
{
    /// <summary>Limits of services outside by name; one that tasks take from and that is not listed limits nothing.</summary>
    public ImmutableDictionary<string, LimitPolicy> Services
    {
        get => field ?? ImmutableDictionary<string, LimitPolicy>.Empty; // absent in older journals
        init;
    }

    /// <summary>Which of several nodes gets a task.</summary>
    public PlacementStrategy Placement { get; init; }

    public static KernelLimits Default { get; } =
        new(ConcurrencyPolicy.Default, new NodeCapacity(null, null), null, ImmutableDictionary<string, int>.Empty);

    /// <summary>Memory that is never given to tasks on a node with this much memory.</summary>
    public Bytes ReserveOf(Bytes limit) => new(MemoryRule.ReserveBytes(this, limit));
}
