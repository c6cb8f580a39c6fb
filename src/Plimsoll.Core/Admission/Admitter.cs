using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary>Starts what may start: the first in order, and smaller tasks beside it while they cannot delay it.</summary>
internal sealed class Admitter(KernelState state)
{
    private readonly ReadyQueues queues = state.Queues;
    private readonly Reservation reservation = state.Reservation;
    private readonly Contest contest = new(state);
    private readonly Placement placement = state.Placement;
    private readonly Func<CandidateKey, long> headLimit = key => state.Placement.HeadLimit(key);
    private readonly Func<CandidateKey, long> passLimit = key => state.Placement.PassLimit(key);
    private long turn;

    public void Admit(TurnDraft draft)
    {
        turn++;
        reservation.DropIfStale();
        contest.Watch(draft.Now);
        while (!placement.IsClosed(draft.Now) && (Step(draft) || Wake(draft.Now)))
        {
        }
    }

    /// <summary>Looks at one shape: its head is admitted, or it goes to sleep at a lock. False when nothing is left to look at.</summary>
    private bool Step(TurnDraft draft)
    {
        ShapeQueue? head = contest.First(headLimit, draft.Now);
        if (head is null)
        {
            reservation.Clear();
            return false;
        }

        if (IsObstructed(head, reservation.Shape == head ? head : null, draft.Now))
        {
            return true;
        }

        if (reservation.Shape != head)
        {
            reservation.Clear();
        }

        if (placement.Choose(head) is { } node)
        {
            reservation.Clear();
            Start(head, node, draft);
            return true;
        }

        head.SleepsSince = null;
        if (placement.KeepFor(head) is { } keep)
        {
            reservation.Ensure(head, keep);
        }

        // Alone, an exclusive head lets nobody pass; among several nodes it keeps only its own.
        return !(head.IsExclusive && state.Nodes.IsSingle) && Pass(draft);
    }

    private bool Pass(TurnDraft draft)
    {
        ShapeQueue? passing = contest.First(passLimit, draft.Now);
        if (passing is null)
        {
            return false;
        }

        if (IsObstructed(passing, reservation.Shape, draft.Now))
        {
            return true;
        }

        if (placement.Choose(passing) is not { } node)
        {
            passing.SleepsSince = null;
            return false;
        }

        Start(passing, node, draft);
        return true;
    }

    private bool IsObstructed(ShapeQueue shape, ShapeQueue? reserving, DateTimeOffset now)
    {
        int obstacle = state.Locks.Obstacle(shape, state.Tasks.Priority[shape.Head], reserving, now);
        if (obstacle >= 0)
        {
            queues.Sleep(shape, obstacle);
            shape.SleepsSince ??= now;
        }

        return obstacle >= 0;
    }

    private void Start(ShapeQueue shape, NodeLedger node, TurnDraft draft)
    {
        int handle = shape.Head;
        var attempt = new AttemptId(state.Tasks.Id(handle), state.Tasks.Number[handle] + 1, state.NextFence);
        draft.Record(new AttemptAdmitted(draft.Now, attempt, node.Id, new Bytes(shape.Footprint.Settled)));
        shape.Run.WaitsSince = draft.Now;
        placement.Placed(node);
        draft.Ask(new StartAttempt(node.Id, attempt, shape.Class.IsBrief));
    }

    /// <summary>Hands locks that changed to those who sleep at them, in their order; true when a shape became a candidate.</summary>
    /// <remarks>One at a time unless shared: if it does not take the lock, the next call wakes the next.</remarks>
    private bool Wake(DateTimeOffset now)
    {
        bool woken = false;
        foreach (int id in state.Locks.Unsettled.ToArray())
        {
            woken |= Wake(id, now);
        }

        return woken;
    }

    private bool Wake(int id, DateTimeOffset now)
    {
        bool woken = false;
        while (state.Locks[id].Sleepers.Min is { } sleeper)
        {
            ShapeQueue? reserving = reservation.Shape is { } head && queues.Order.IsBefore(head.Head, sleeper.Head) ? head : null;
            if (!state.Locks.CouldWake(sleeper, reserving, now))
            {
                break;
            }

            sleeper.Wakes = sleeper.WokenTurn == turn ? sleeper.Wakes + 1 : 1;
            sleeper.WokenTurn = turn;
            if (sleeper.Wakes > sleeper.Locks.Length + 1)
            {
                return woken;
            }

            bool isShared = LockTable.ClaimOf(sleeper, state.Locks[id]).Mode == LockMode.Shared;
            queues.Settle(sleeper);
            woken = true;
            if (!isShared)
            {
                return true;
            }
        }

        state.Locks.Unsettled.Remove(id);
        ArmLimit(id, now);
        return woken;
    }

    /// <summary>Who sleeps at a limit wakes at the moment it opens, not before and not by asking again and again.</summary>
    private void ArmLimit(int id, DateTimeOffset now)
    {
        DateTimeOffset? opens = state.Locks.OpensAt(id, now);
        if (opens is { } at && at != state.Locks[id].WakesAt)
        {
            state.Timers.Add(new Due(DueKind.Limit, at, id, 0, null));
        }

        state.Locks[id].WakesAt = opens;
    }
}
