using System.Collections.Immutable;

namespace Plimsoll.Watch.Samples;

/// <summary>One reading of everything that is watched, taken about once a second.</summary>
/// <remarks>Whatever is null or an attempt that lacks a reading is not known: it raises nothing, clears nothing and shows as a gap. Counters only grow, from any start; a smaller one means a restart.</remarks>
/// <param name="At">Kernel time: it never runs backwards within a process.</param>
public sealed record WatchSample(DateTimeOffset At)
{
    /// <summary>The machines, the local one first.</summary>
    public ImmutableArray<NodeReading> Nodes { get; init; } = [];

    /// <summary>Null while no kernel answers.</summary>
    public QueueReading? Queue { get; init; }

    /// <summary>Live attempts.</summary>
    public ImmutableArray<AttemptReading> Attempts { get; init; } = [];

    /// <summary>Attempts that ended since the sample before; beyond some hundreds a part of them is enough.</summary>
    public ImmutableArray<EndedAttempt> Ended { get; init; } = [];

    /// <summary>Named locks, limits of services and quotas that tasks take from.</summary>
    public ImmutableArray<LockReading> Locks { get; init; } = [];

    /// <summary>Leases given to callers outside, and who waits for one.</summary>
    public ImmutableArray<LeaseReading> Leases { get; init; } = [];

    /// <summary>Pools of places and of connections.</summary>
    public ImmutableArray<PoolReading> Pools { get; init; } = [];

    /// <summary>Levels of model providers.</summary>
    public ImmutableArray<QuotaReading> Quotas { get; init; } = [];

    /// <summary>Circuit breakers that are not closed, and those that were open at the sample before.</summary>
    public ImmutableArray<BreakerReading> Breakers { get; init; } = [];

    /// <summary>Configured agents that are in use.</summary>
    public ImmutableArray<AgentReading> Agents { get; init; } = [];

    /// <summary>Null where nothing is journalled.</summary>
    public JournalReading? Journal { get; init; }

    /// <summary>Null while no kernel answers.</summary>
    public CounterReading? Counters { get; init; }
}
