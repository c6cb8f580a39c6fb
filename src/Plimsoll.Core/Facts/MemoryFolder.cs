using Plimsoll.Core.Admission;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>Folds what concerns memory: what was learned, what ran short, who was frozen.</summary>
internal sealed class MemoryFolder(KernelState state)
{
    public void Learn(ClassLearned learned)
    {
        ClassState owner = state.Queues.Class(learned.Class);
        owner.Profile.Load(learned.Profile);
        if (!owner.IsFresh)
        {
            state.NoLongerFresh(owner);
        }

        state.ResizeAll(owner);
    }

    public void Change(ClassWidthChanged changed)
    {
        ClassState owner = state.Queues.Class(changed.Class);
        owner.Width = changed.Width;
        state.SettleAll(owner);
    }

    /// <summary>Moves the task to a shape with the larger need.</summary>
    public void Raise(NeedRaised raised)
    {
        int handle = state.Runs.Find(raised.Task);
        if (handle < 0)
        {
            return;
        }

        bool queued = state.Tasks.State(handle) == TaskState.Ready;
        if (queued)
        {
            state.Queues.Dequeue(handle);
        }

        ShapeQueue shape = state.Queues.Of(handle);
        ShapeQueue larger = state.Queues.Find(shape.Shape, state.Tasks.Run(handle), new RaisedNeed(raised.Memory.Value, raised.Exclusive));
        state.Resize(larger);
        state.Tasks.Shape[handle] = larger.Id;
        if (queued)
        {
            state.Queues.Enqueue(handle);
        }
    }

    public void Freeze(AttemptFrozen frozen)
    {
        if (Find(frozen.Attempt) is { FrozenSince: null } live)
        {
            live.Node.Freeze(live, frozen.At);
            state.Tasks.Move(live.Handle, TaskState.Frozen);
        }
    }

    /// <summary>Its timeout goes on where it stood still.</summary>
    public void Thaw(AttemptThawed thawed)
    {
        if (Find(thawed.Attempt) is not { FrozenSince: not null } live)
        {
            return;
        }

        live.Node.Thaw(live, thawed.At);
        state.Tasks.Move(live.Handle, live.StartedAt is null ? TaskState.Admitted : TaskState.Running);
        if (state.PolicyOf(live.Handle).Timeout is { } timeout && timeout - live.Age(thawed.At) < DateTimeOffset.MaxValue - thawed.At)
        {
            TimeSpan left = timeout - live.Age(thawed.At);
            state.Timers.Add(new Due(DueKind.Timeout, thawed.At + (left > TimeSpan.Zero ? left : TimeSpan.Zero), live.Handle, live.Attempt.Fence, null));
        }
    }

    private AttemptLease? Find(AttemptId attempt)
    {
        int handle = state.Runs.Find(attempt.Task);
        return handle >= 0 && state.Nodes.Find(handle) is { } live && live.Attempt == attempt ? live : null;
    }
}
