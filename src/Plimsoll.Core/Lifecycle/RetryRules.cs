using System.Collections.Immutable;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Puts an ended task back by hand, and everything that was skipped because of it.</summary>
internal sealed class RetryRules(KernelState state)
{
    private readonly TaskTable tasks = state.Tasks;

    public void Retry(RetryTask input, TurnDraft draft)
    {
        int handle = state.Runs.Find(input.Task);
        if (handle < 0 || !tasks.State(handle).HasEnded() || tasks.State(handle) == TaskState.Succeeded)
        {
            return;
        }

        ImmutableArray<TaskId> back = [.. Revived(handle).Select(tasks.Id).OrderBy(static id => id.Value)];
        draft.Record(new TasksRequeued(draft.Now, back, "retried by hand"));
    }

    /// <summary>The task and, in the order of the graph, each skipped dependant with no other need that stands in its way.</summary>
    /// <remarks>A skipped task with a condition comes back when any of its needs does: its condition may look at that need.</remarks>
    private HashSet<int> Revived(int start)
    {
        HashSet<int> reachable = SkippedAfter(start);
        var revived = new HashSet<int> { start };
        var waits = reachable.ToDictionary(static handle => handle, handle => CountWithin(handle, reachable, start));
        var ready = new Queue<int>([start]);
        while (ready.TryDequeue(out int handle))
        {
            foreach (int entry in tasks.After(handle, out int first))
            {
                int dependant = first + EdgeRows.Neighbour(entry);
                if (waits.TryGetValue(dependant, out int left))
                {
                    waits[dependant] = left - 1;
                    if (left == 1)
                    {
                        ready.Enqueue(dependant);
                        if (CanComeBack(dependant, revived))
                        {
                            revived.Add(dependant);
                        }
                    }
                }
            }
        }

        return revived;
    }

    private HashSet<int> SkippedAfter(int start)
    {
        var found = new HashSet<int>();
        var stack = new Stack<int>([start]);
        while (stack.TryPop(out int handle))
        {
            foreach (int entry in tasks.After(handle, out int first))
            {
                int dependant = first + EdgeRows.Neighbour(entry);
                if (tasks.State(dependant) == TaskState.Skipped && found.Add(dependant))
                {
                    stack.Push(dependant);
                }
            }
        }

        return found;
    }

    private int CountWithin(int handle, HashSet<int> reachable, int start)
    {
        int count = 0;
        foreach (int entry in tasks.Before(handle, out int first))
        {
            int need = first + EdgeRows.Neighbour(entry);
            count += need == start || reachable.Contains(need) ? 1 : 0;
        }

        return count;
    }

    private bool CanComeBack(int handle, HashSet<int> revived)
    {
        bool conditional = tasks.Flags[handle].HasFlag(TaskFlags.Conditional);
        bool touched = false;
        foreach (int entry in tasks.Before(handle, out int first))
        {
            int need = first + EdgeRows.Neighbour(entry);
            bool back = revived.Contains(need);
            touched |= back && (conditional || !EdgeRows.IsSoft(entry));
            TaskState at = tasks.State(need);
            if (!conditional && !back && !EdgeRows.IsSoft(entry) && at.HasEnded() && at != TaskState.Succeeded)
            {
                return false;
            }
        }

        return touched;
    }
}
