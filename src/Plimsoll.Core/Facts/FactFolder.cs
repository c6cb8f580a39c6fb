using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>Changes the state by facts: the only writer of everything that recovery must rebuild, live and in recovery alike.</summary>
/// <remarks>A fact about a run or task that is not known, or that does not fit the state, changes nothing.</remarks>
internal sealed class FactFolder(KernelState state)
{
    private readonly GraphFolder graph = new(state);
    private readonly AttemptFolder attempts = new(state);
    private readonly MemoryFolder memory = new(state);

    public void Fold(Fact fact)
    {
        state.Tasks.Now = fact.At.UtcTicks;
        switch (fact)
        {
            case RunOpened opened:
                state.Runs.Open(opened.Run, opened.Name);
                break;
            case TasksAdded added:
                Fold(added);
                break;
            case RunSealed { Run: var run }:
                Mark(run, static run => run.Sealed = true);
                break;
            case RunCancelled { Run: var run }:
                Mark(run, static run => run.Cancelled = true);
                break;
            case RunFinished { Run: var run }:
                Mark(run, static run => run.Finished = true);
                break;
            case TasksSkipped skipped:
                graph.End(skipped.Tasks, TaskState.Skipped);
                break;
            case TasksCancelled cancelled:
                graph.End(cancelled.Tasks, TaskState.Cancelled);
                break;
            case TasksRequeued requeued:
                graph.Requeue(requeued.Tasks);
                break;
            case ConditionSettled settled:
                graph.SettleCondition(settled.Task);
                break;
            case AttemptAdmitted admitted:
                attempts.Admit(admitted);
                break;
            case AttemptRunning running:
                attempts.Run(running);
                break;
            case AttemptKilled killed:
                attempts.Kill(killed);
                break;
            case AttemptFinished finished:
                Fold(finished);
                break;
            case BreakerChanged changed:
                attempts.ChangeBreaker(changed);
                break;
            case PriorityChanged changed:
                Fold(changed);
                break;
            case ClassLearned learned:
                memory.Learn(learned);
                break;
            case ClassWidthChanged changed:
                memory.Change(changed);
                break;
            case NeedRaised raised:
                memory.Raise(raised);
                break;
            case AttemptFrozen frozen:
                memory.Freeze(frozen);
                break;
            case AttemptThawed thawed:
                memory.Thaw(thawed);
                break;
            case ModelUsed used:
                attempts.Use(used);
                break;
            case GuardStepped or StreamsKept or RecordsChanged:
                break;
            case LimitsChanged changed:
                state.Retune(changed.Limits);
                state.Locks.Retune(changed.Limits, changed.At);
                state.ResizeAll();
                break;
            case NodeChanged changed:
                Fold(changed);
                break;
            case IntakeChanged changed:
                state.IntakePaused = changed.Paused;
                state.IntakeReason = changed.Reason;

                // Nodes looked at while starting was paused are not among those to choose from.
                state.Placement.Reset();
                break;
            default:
                throw new NotSupportedException($"The kernel does not know facts of the kind {fact.GetType().Name}.");
        }
    }

    private void Fold(TasksAdded added)
    {
        if (state.Runs.Find(added.Run) is not { } run || run.Total != added.FirstOrdinal)
        {
            return;
        }

        int[] shapes = new int[added.Block.Shapes.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            ShapeQueue shape = state.Queues.Find(added.Block.Shapes[i], run, null);
            state.Resize(shape);
            shapes[i] = shape.Id;
        }

        int[] policies = [.. added.Block.Policies.Select(PolicyIndex)];
        TaskSegment segment = state.Tasks.Append(run, added.Block, shapes, policies, added.At);
        for (int i = 0; i < segment.Count; i++)
        {
            graph.Release(segment.FirstHandle + i);
        }
    }

    private int PolicyIndex(TaskPolicy policy)
    {
        int index = state.Policies.LastIndexOf(policy);
        if (index < 0)
        {
            index = state.Policies.Count;
            state.Policies.Add(policy);
        }

        return index;
    }

    private void Fold(AttemptFinished finished)
    {
        int handle = attempts.Finish(finished);
        if (handle >= 0)
        {
            graph.Moved(handle);
        }
    }

    private void Fold(NodeChanged changed)
    {
        NodeLedger node = state.Nodes.Get(changed.Node);
        node.IsUp = changed.Capacity is not null;
        state.Offer(node, changed.Capacity ?? node.Offer);
        state.Placement.Changed(node);
        state.ResizeAll();
    }

    private void Fold(PriorityChanged changed)
    {
        int handle = state.Runs.Find(changed.Task);
        if (handle < 0)
        {
            return;
        }

        bool queued = state.Tasks.State(handle) == TaskState.Ready;
        if (queued)
        {
            state.Queues.Dequeue(handle);
        }

        state.Tasks.Priority[handle] = changed.Priority;
        if (queued)
        {
            state.Queues.Enqueue(handle);
        }
    }

    private void Mark(RunId id, Action<RunState> mark)
    {
        if (state.Runs.Find(id) is { } run)
        {
            mark(run);
            state.Finishing.Enqueue(run);
        }
    }
}
