using System.Collections.Immutable;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Skips what can no longer run and asks for conditions, until nothing more follows from that.</summary>
internal sealed class Propagation(KernelState state)
{
    private readonly TaskTable tasks = state.Tasks;

    public void Settle(TurnDraft draft)
    {
        while (state.Doomed.Count > 0 || state.Conditions.Count > 0)
        {
            if (state.Doomed.Count > 0)
            {
                Skip(draft);
            }
            else
            {
                Ask(state.Conditions.Dequeue(), draft);
            }
        }
    }

    /// <summary>Takes the answer to a condition that was asked for and is still wanted.</summary>
    public void Evaluated(ConditionEvaluated input, TurnDraft draft)
    {
        int handle = state.Runs.Find(input.Task);
        if (handle < 0
            || tasks.State(handle) != TaskState.Waiting
            || tasks.Pending[handle] != 0
            || !tasks.Flags[handle].HasFlag(TaskFlags.Asked))
        {
            return;
        }

        tasks.Flags[handle] &= ~TaskFlags.Asked;
        if (input.Holds)
        {
            draft.Record(new ConditionSettled(draft.Now, input.Task));
        }
        else
        {
            draft.Record(new TasksSkipped(draft.Now, [input.Task], input.Task, $"its condition is false: {input.Reason}"));
        }
    }

    private void Ask(int handle, TurnDraft draft)
    {
        const TaskFlags Answered = TaskFlags.Asked | TaskFlags.Settled;
        if (tasks.State(handle) == TaskState.Waiting && tasks.Pending[handle] == 0 && (tasks.Flags[handle] & Answered) == TaskFlags.None)
        {
            tasks.Flags[handle] |= TaskFlags.Asked;
            draft.Ask(new EvaluateCondition(NodeId.Local, tasks.Id(handle)));
        }
    }

    /// <summary>Skips everything that is doomed by the same cause, with all that follows from it, in one fact.</summary>
    private void Skip(TurnDraft draft)
    {
        int cause = state.Doomed.Peek().Cause;
        ImmutableArray<TaskId>.Builder skipped = ImmutableArray.CreateBuilder<TaskId>();
        var seen = new HashSet<int>();
        var stack = new Stack<int>();
        while (state.Doomed.TryPeek(out (int Task, int Cause) next) && next.Cause == cause)
        {
            stack.Push(state.Doomed.Dequeue().Task);
        }

        // Recovery folds a whole life before anything is settled: a cause that was put back since dooms nothing.
        if (tasks.State(cause) == TaskState.Succeeded || !tasks.State(cause).HasEnded())
        {
            return;
        }

        while (stack.TryPop(out int handle))
        {
            if (!IsDoomed(handle) || !seen.Add(handle))
            {
                continue;
            }

            skipped.Add(tasks.Id(handle));
            foreach (int entry in tasks.After(handle, out int first))
            {
                if (!EdgeRows.IsSoft(entry))
                {
                    stack.Push(first + EdgeRows.Neighbour(entry));
                }
            }
        }

        if (skipped.Count > 0)
        {
            string reason = $"needs {tasks.Name(cause)}, which did not succeed";
            draft.Record(new TasksSkipped(draft.Now, skipped.ToImmutable(), tasks.Id(cause), reason));
        }
    }

    private bool IsDoomed(int handle)
    {
        tasks.Touched++;
        return tasks.State(handle) == TaskState.Waiting && !tasks.Flags[handle].HasFlag(TaskFlags.Conditional);
    }
}
