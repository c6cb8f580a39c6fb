using System.Collections.Immutable;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Watching;

/// <summary>The kernel at one moment for whoever watches it; immutable.</summary>
/// <param name="Counts">Tasks by <see cref="TaskState"/> over all runs in memory, indexed by its value.</param>
/// <param name="Heads">Of each shape that has ready tasks the next one to start; at most <see cref="MostHeads"/>.</param>
/// <param name="Locks">Locks, limits and quotas that somebody holds or waits for; at most <see cref="MostLocks"/>.</param>
/// <param name="Breakers">Circuit breakers that are not closed.</param>
public sealed record LoadPicture(
    DateTimeOffset At,
    ImmutableArray<long> Counts,
    ImmutableArray<LiveLoad> Live,
    ImmutableArray<HeadLoad> Heads,
    ImmutableArray<LockLoad> Locks,
    ImmutableArray<BreakerLoad> Breakers,
    ImmutableArray<NodeLoad> Nodes,
    bool IntakePaused)
{
    public const int MostHeads = 2000;
    public const int MostLocks = 500;

    public long Count(TaskState state) => Counts[(int)state];
}
