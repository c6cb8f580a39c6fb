using Plimsoll.Core.Admission;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>Folds what happens to attempts: what they hold, what was learned from them, and the breakers of their classes.</summary>
internal sealed class AttemptFolder(KernelState state)
{
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
        state.Locks.Take(shape);
        state.Node.Add(new AttemptLease(handle, attempt, shape, admitted.Reserved.Value, admitted.At));
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
            tasks.Move(live.Handle, TaskState.Running);
        }
    }

    public void Kill(AttemptKilled killed)
    {
        if (Find(killed.Attempt) is { } live)
        {
            live.Kill = killed.Reason;
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
        state.Node.Remove(live);
        state.Locks.Release(live.Shape);
        Count(handle, finished.Outcome);
        Learn(live, finished);
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
        return handle >= 0 && state.Node.Find(handle) is { } live && live.Attempt == attempt ? live : null;
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

    private void Learn(AttemptLease live, AttemptFinished finished)
    {
        ClassState owner = live.Shape.Class;
        if (finished.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed)
        {
            owner.Learn(finished.At - live.Began);
        }

        if (finished.Report.PeakResident.Value > owner.PeakBytes)
        {
            owner.PeakBytes = finished.Report.PeakResident.Value;
            foreach (ShapeQueue shape in owner.Shapes)
            {
                state.Queues.Resize(shape, MemoryRule.NeedBytes(shape.Shape, owner.PeakBytes, state.MemoryMode));
            }
        }

        if (owner.Breaker.End(finished.Attempt.Fence, finished.Outcome, finished.At))
        {
            state.SettleAll(owner);
        }
    }
}
