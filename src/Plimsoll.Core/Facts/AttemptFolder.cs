using Plimsoll.Core.Admission;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>Folds what happens to attempts: what they hold, what was learned from them, and the breakers of their classes.</summary>
internal sealed class AttemptFolder(KernelState state)
{
    private static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(10);

    private readonly TaskTable tasks = state.Tasks;

    public void Admit(AttemptAdmitted admitted)
    {
        AttemptId attempt = admitted.Attempt;
        state.NextFence = Math.Max(state.NextFence, attempt.Fence + 1);
        int handle = state.Runs.Find(attempt.Task);
        if (handle < 0 || tasks.State(handle).IsLive() || tasks.State(handle).HasEnded())
        {
            return;
        }

        ShapeQueue shape = state.Queues.Of(handle);
        if (tasks.State(handle) == TaskState.Ready)
        {
            state.Queues.Dequeue(handle);
        }

        state.Retrying.Remove(handle);
        shape.Ticket = 0;
        tasks.Move(handle, TaskState.Admitted);
        tasks.Number[handle] = attempt.Number;
        state.Locks.Take(shape, admitted.At);
        AttemptLease live = Lease(handle, admitted, shape);
        live.Node.Add(live);
        if (shape.Class.IsFull)
        {
            state.SettleAll(shape.Class);
        }

        if (shape.Class.Breaker.Admit(attempt.Fence, admitted.At))
        {
            state.SettleAll(shape.Class);
        }

        ArmTimeout(handle, attempt, admitted.At);
    }

    public void Run(AttemptRunning running)
    {
        if (Find(running.Attempt) is { StartedAt: null } live)
        {
            live.StartedAt = running.At;
            tasks.Move(live.Handle, live.FrozenSince is null ? TaskState.Running : TaskState.Frozen);
        }
    }

    public void Kill(AttemptKilled killed)
    {
        if (Find(killed.Attempt) is { } live)
        {
            live.Kill = killed.Reason;
            live.KilledAt = killed.At;
            live.Node.Touch();
        }
    }

    /// <summary>What it has used of models counts when a victim is chosen.</summary>
    public void Use(ModelUsed used)
    {
        if (Find(used.Attempt) is { } live)
        {
            live.Usage = used.Usage;
            live.Node.Touch();
        }
    }

    /// <summary>Releases what the attempt held; the handle of its task, or -1 when the attempt is not alive.</summary>
    public int Finish(AttemptFinished finished)
    {
        if (Find(finished.Attempt) is not { } live)
        {
            return -1;
        }

        int handle = live.Handle;
        ClassState owner = live.Shape.Class;
        bool wasFull = owner.IsFull;
        live.Node.Remove(live);
        state.Locks.Release(live.Shape);
        Count(handle, finished.Outcome);
        Learn(live, finished);
        if (wasFull && !owner.IsFull)
        {
            state.SettleAll(owner);
        }

        tasks.Move(handle, finished.Next);
        if (finished.Next == TaskState.Retrying)
        {
            DateTimeOffset due = finished.RetryAt ?? finished.At;
            state.Retrying[handle] = due;
            state.Timers.Add(new Due(DueKind.Retry, due, handle, 0, null));
        }

        return handle;
    }

    public void ChangeBreaker(BreakerChanged changed)
    {
        if (!state.Queues.Classes.TryGetValue(changed.Class, out ClassState? owner))
        {
            return;
        }

        if (changed.OpenUntil is { } until)
        {
            owner.Breaker.Open(until);
            state.Timers.Add(new Due(DueKind.Probe, until, -1, 0, owner));
        }
        else
        {
            owner.Breaker.Close();
        }

        state.SettleAll(owner);
    }

    private AttemptLease? Find(AttemptId attempt)
    {
        int handle = state.Runs.Find(attempt.Task);
        return handle >= 0 && state.Nodes.Find(handle) is { } live && live.Attempt == attempt ? live : null;
    }

    private void ArmTimeout(int handle, AttemptId attempt, DateTimeOffset from)
    {
        if (state.PolicyOf(handle).Timeout is { } timeout && timeout < DateTimeOffset.MaxValue - from)
        {
            state.Timers.Add(new Due(DueKind.Timeout, from + timeout, handle, attempt.Fence, null));
        }
    }

    private void Count(int handle, AttemptOutcome outcome)
    {
        byte[]? counter = outcome switch
        {
            AttemptOutcome.Lost => tasks.Losses,
            AttemptOutcome.Evicted => tasks.Evictions,
            AttemptOutcome.Succeeded or AttemptOutcome.Cancelled => null,
            _ => tasks.Spent,
        };
        if (counter is not null && counter[handle] < byte.MaxValue)
        {
            counter[handle]++;
        }
    }

    private AttemptLease Lease(int handle, AttemptAdmitted admitted, ShapeQueue shape)
    {
        ClassState owner = shape.Class;
        bool heavy = shape.Key.Gated;
        bool probe = state.MemoryMode == MemoryMode.Sampled && !owner.IsKnown && shape.Shape.Lease is null;
        var live = new AttemptLease(handle, admitted.Attempt, shape, admitted.Reserved.Value, admitted.At)
        {
            Node = state.Nodes.Get(admitted.Node),
            Footprint = shape.Footprint with { Settled = admitted.Reserved.Value },
            MappedBytes = shape.Footprint.Mapped,
            Executable = shape.Footprint.Executable,
            IsProbe = probe,
            Unsettled = probe || heavy,
        };
        owner.HasGrown |= live.Footprint != shape.Footprint;
        if (live.Unsettled)
        {
            state.Timers.Add(new Due(DueKind.Settle, admitted.At + SettledAfter, handle, admitted.Attempt.Fence, null));
        }

        return live;
    }

    private void Learn(AttemptLease live, AttemptFinished finished)
    {
        ClassState owner = live.Shape.Class;
        bool learned = false, wasFresh = owner.IsFresh;
        if (finished.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed)
        {
            learned = !owner.IsKnown;
            owner.Learn(live.Age(finished.At));
        }

        bool measured = finished.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed or AttemptOutcome.TimedOut or AttemptOutcome.OutOfMemory;
        if (measured && finished.Report.Footprint is { } footprint)
        {
            learned |= owner.Profile.Learn(FootprintSample.Of(finished.Attempt.Fence, footprint, live.Shape.Shape.Size));
        }

        if (finished.Report.PeakResident.Value > owner.PeakBytes)
        {
            owner.PeakBytes = finished.Report.PeakResident.Value;
            learned = true;
        }

        if (finished.Outcome == AttemptOutcome.Evicted)
        {
            owner.Evicted(finished.At);
        }

        if (wasFresh && !owner.IsFresh)
        {
            state.NoLongerFresh(owner);
        }

        if (learned)
        {
            state.ResizeAll(owner);
        }

        if (owner.Breaker.End(finished.Attempt.Fence, finished.Outcome, finished.At))
        {
            state.SettleAll(owner);
        }
    }
}
