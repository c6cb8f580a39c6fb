using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Watching;

/// <summary>Takes the picture that is watched: O(runs + live attempts + classes + locks), whatever waits.</summary>
internal static class LoadPictures
{
    public static LoadPicture Of(KernelState state, DateTimeOffset now) => new(
        now,
        Counts(state),
        [.. state.Nodes.Live.Select(live => Live(state, live))],
        [.. state.Queues.Active.Take(LoadPicture.MostHeads).Select(shape => Head(state, shape))],
        Locks(state, now),
        [.. state.Queues.Classes.Values.Where(static one => one.Breaker.OpenUntil is not null).Select(static one =>
            new BreakerLoad(one.Name, one.Breaker.OpenUntil!.Value, !one.Breaker.IsHolding, one.Breaker.FailureCount))],
        [.. state.Nodes.All.Select(Node)],
        state.IntakePaused);

    private static ImmutableArray<long> Counts(KernelState state)
    {
        long[] counts = new long[TaskStates.Count];
        foreach (RunState run in state.Runs.All)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += run.Counts[i];
            }
        }

        return ImmutableArray.Create(counts);
    }

    private static LiveLoad Live(KernelState state, AttemptLease live) => new(
        live.Attempt,
        state.Tasks.Name(live.Handle),
        live.Shape.Shape.Class,
        live.Node.Id,
        live.AdmittedAt,
        live.StartedAt,
        new Bytes(live.Footprint.Settled + live.Footprint.Burst),
        live.Shape.Shape.Memory,
        live.Shape.Shape.Locks,
        live.FrozenSince is not null,
        live.Kill is not null,
        live.Shape.Shape.Lease is not null);

    private static HeadLoad Head(KernelState state, ShapeQueue shape) =>
        new(state.Tasks.Id(shape.Head), shape.Count, new DateTimeOffset(state.Tasks.ReadyAt[shape.Head], TimeSpan.Zero));

    private static ImmutableArray<LockLoad> Locks(KernelState state, DateTimeOffset now)
    {
        Dictionary<(LockKind Kind, string Name), int> holders = [];
        foreach (AttemptLease live in state.Nodes.Live)
        {
            foreach (LockClaim claim in live.Shape.Shape.Locks)
            {
                (LockKind, string) key = (LockKinds.Of(claim.Mode), claim.Name);
                holders[key] = holders.GetValueOrDefault(key) + 1;
            }
        }

        return [.. state.Locks.All.Where(one => one.Sleepers.Count > 0 || holders.ContainsKey((one.Kind, one.Name)))
            .Take(LoadPicture.MostLocks)
            .Select(one => Lock(one, holders.GetValueOrDefault((one.Kind, one.Name)), state.Limits, now))];
    }

    private static LockLoad Lock(LockState one, int holders, KernelLimits limits, DateTimeOffset now)
    {
        (double? units, double held) = Units(one, limits, now);
        long waiters = 0;
        DateTimeOffset? since = null;
        foreach (ShapeQueue sleeper in one.Sleepers)
        {
            waiters += sleeper.Count;
            DateTimeOffset waits = sleeper.WaitsSince(now);
            since = since < waits ? since : waits;
        }

        return new LockLoad(one.Name, one.Kind, units, held, holders, waiters, since);
    }

    private static (double? Units, double Held) Units(LockState one, KernelLimits limits, DateTimeOffset now) => one.Kind switch
    {
        LockKind.Held => (limits.LockUnits.GetValueOrDefault(one.Name, 1), Math.Max(one.UnitsTaken, Math.Min(1, one.ExclusiveHolders + one.SharedHolders))),
        LockKind.Limit when one.Limit is { } limit => (limit.Most, Math.Max(0, limit.Most - limit.Level(now))),
        LockKind.Quota => (one.Feed?.Feeds, one.UnitsTaken),
        _ => (null, 0),
    };

    private static NodeLoad Node(NodeLedger node)
    {
        long owed = 0;
        long burst = 0;
        foreach (AttemptLease live in node.Live)
        {
            owed += Math.Max(0, live.HeldBytes - live.MeasuredBytes);
            burst += live.HeadroomBytes;
        }

        return new NodeLoad(
            node.Id,
            node.IsUp,
            node.Reading,
            node.MemoryMode == MemoryMode.Unjudged ? null : new Bytes(node.CapacityBytes),
            node.Sample is { } sample ? node.Limits.ReserveOf(sample.Limit) : null,
            new Bytes(node.HeldBytes),
            new Bytes(owed),
            new Bytes(node.PoolBytes),
            new Bytes(burst),
            new Bytes(node.ForeignBytes),
            node.Limits.Node.Cores,
            node.Live.Count,
            node.SlotsTaken,
            node.FrozenCount,
            node.Gates.IsGuarded);
    }
}
