using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>Takes the picture of what is shared.</summary>
internal sealed class CapacitySnapshots(KernelState state, DateTimeOffset now)
{
    private const int WaitersShown = 20;

    public CapacitySnapshot Take()
    {
        var holders = new Dictionary<LockState, List<LockHolder>>();
        foreach (AttemptLease live in state.Nodes.Live)
        {
            Note(live, holders);
        }

        return new CapacitySnapshot(
            now,
            [.. state.Locks.All.Select(held => Lock(held, holders.GetValueOrDefault(held))).OrderBy(static held => held.Name, StringComparer.Ordinal)],
            [.. state.Nodes.All.Select(Node)],
            [.. state.Queues.Classes.Values.Where(static one => one.Breaker.OpenUntil is not null).Select(static one => ClassSnapshots.BreakerOf(one)!).OrderBy(static one => one.Class, StringComparer.Ordinal)],
            state.IntakePaused,
            state.IntakeReason);
    }

    private void Note(AttemptLease live, Dictionary<LockState, List<LockHolder>> holders)
    {
        for (int i = 0; i < live.Shape.Locks.Length; i++)
        {
            LockState held = state.Locks[live.Shape.Locks[i]];
            LockClaim claim = live.Shape.Shape.Locks[i];
            if (claim.Mode == LockMode.Drawn)
            {
                continue;
            }

            if (!holders.TryGetValue(held, out List<LockHolder>? list))
            {
                holders.Add(held, list = []);
            }

            list.Add(new LockHolder(live.Attempt.Task, live.Attempt, state.Tasks.Name(live.Handle), claim.Mode, claim.Units, live.AdmittedAt));
        }
    }

    private LockSnapshot Lock(LockState held, List<LockHolder>? holders)
    {
        (double? units, double taken) = held.Kind switch
        {
            LockKind.Limit => held.Limit is { } limit ? (limit.Policy.MostAtOnce(), Math.Max(0, limit.Policy.MostAtOnce() - limit.Level(now))) : ((double?)null, 0d),
            LockKind.Quota => (held.Places == int.MaxValue ? null : held.Places, held.UnitsTaken),
            _ => (held.Units, held.ExclusiveHolders > 0 ? held.Units : held.SharedHolders + held.UnitsTaken),
        };
        return new LockSnapshot(
            held.Name,
            held.Kind,
            units,
            taken,
            holders is null ? [] : [.. holders],
            held.Sleepers.Sum(static shape => shape.Count),
            [.. held.Sleepers.Take(WaitersShown).Select(shape => Waiter(shape, held))]);
    }

    private LockHolder Waiter(ShapeQueue shape, LockState held)
    {
        LockClaim claim = LockTable.ClaimOf(shape, held);
        return new LockHolder(state.Tasks.Id(shape.Head), default, state.Tasks.Name(shape.Head), claim.Mode, claim.Units, shape.WaitsSince(now));
    }

    private static NodeSnapshot Node(NodeLedger node) => new(
        node.Id,
        node.IsUp,
        [.. node.Limits.Node.Labels.Order(StringComparer.Ordinal)],
        node.Reading,
        Bounded(node.CapacityBytes),
        Bounded(node.EmptyRoomBytes),
        node.Sample is { } sample ? node.Limits.ReserveOf(sample.Limit) : node.Limits.Reserve,
        new Bytes(node.HeldBytes),
        new Bytes(node.Live.Sum(static live => Math.Max(0, live.HeldBytes - live.MeasuredBytes))),
        new Bytes(node.PoolBytes),
        new Bytes(node.ForeignBytes),
        node.MilliCores >= MemoryRule.Unlimited ? null : node.MilliCores / 1000d,
        node.HeldMilliCores / 1000d,
        node.Live.Count,
        node.SlotsTaken,
        node.FrozenCount,
        node.Gates.IsGuarded);

    private static Bytes? Bounded(long bytes) => bytes >= MemoryRule.Unlimited / 2 ? null : new Bytes(Math.Max(0, bytes));
}
