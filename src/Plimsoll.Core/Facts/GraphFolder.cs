using System.Collections.Immutable;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>Carries the end of tasks along their edges: who becomes ready, who is doomed, whose condition is to be asked for.</summary>
internal sealed class GraphFolder(KernelState state)
{
    private readonly TaskTable tasks = state.Tasks;

    /// <summary>Ends tasks that are not alive; all change before any of their dependants is looked at.</summary>
    public void End(ImmutableArray<TaskId> ended, TaskState next)
    {
        var handles = new List<int>(ended.Length);
        foreach (TaskId id in ended)
        {
            int handle = state.Runs.Find(id);
            if (handle >= 0 && Idle(handle))
            {
                tasks.Move(handle, next);
                handles.Add(handle);
            }
        }

        handles.ForEach(ReleaseDependants);
    }

    /// <summary>Puts ended tasks back to waiting, and with them every dependant that has not started.</summary>
    public void Requeue(ImmutableArray<TaskId> requeued)
    {
        var handles = new List<int>(requeued.Length);
        foreach (TaskId id in requeued)
        {
            int handle = state.Runs.Find(id);
            if (handle >= 0 && tasks.State(handle).HasEnded())
            {
                tasks.Move(handle, TaskState.Waiting);
                tasks.Spent[handle] = 0;
                tasks.Losses[handle] = 0;
                tasks.Evictions[handle] = 0;
                handles.Add(handle);
                RunState run = tasks.Run(handle);
                run.Finished = false;
                run.Cancelled = false;
            }
        }

        foreach (int handle in handles)
        {
            Recount(handle);
            foreach (int entry in tasks.After(handle, out int first))
            {
                int dependant = first + EdgeRows.Neighbour(entry);
                if (tasks.State(dependant) == TaskState.Waiting || (tasks.State(dependant) == TaskState.Ready && Idle(dependant)))
                {
                    tasks.Move(dependant, TaskState.Waiting);
                    Recount(dependant);
                }
            }
        }

        handles.ForEach(Release);
    }

    public void SettleCondition(TaskId id)
    {
        int handle = state.Runs.Find(id);
        if (handle >= 0 && tasks.State(handle) == TaskState.Waiting)
        {
            tasks.Flags[handle] |= TaskFlags.Settled;
            Release(handle);
        }
    }

    /// <summary>Follows a task whose attempt has ended: to the queue, or along its edges.</summary>
    public void Moved(int handle)
    {
        if (tasks.State(handle) == TaskState.Ready)
        {
            state.Queues.Enqueue(handle);
        }
        else if (tasks.State(handle).HasEnded())
        {
            ReleaseDependants(handle);
        }
    }

    /// <summary>Makes a waiting task ready when it waits for nothing more.</summary>
    public void Release(int handle)
    {
        if (tasks.State(handle) != TaskState.Waiting || tasks.Pending[handle] != 0)
        {
            return;
        }

        TaskFlags flags = tasks.Flags[handle];
        if ((flags & (TaskFlags.Conditional | TaskFlags.Settled)) == TaskFlags.Conditional)
        {
            state.Conditions.Enqueue(handle);
        }
        else if ((flags & (TaskFlags.Conditional | TaskFlags.Doomed)) != TaskFlags.Doomed)
        {
            tasks.Move(handle, TaskState.Ready);
            state.Queues.Enqueue(handle);
        }
    }

    private void ReleaseDependants(int handle)
    {
        RunState run = tasks.Run(handle);
        if (run.Unfinished == 0)
        {
            state.Finishing.Enqueue(run);
        }

        bool succeeded = tasks.State(handle) == TaskState.Succeeded;
        foreach (int entry in tasks.After(handle, out int first))
        {
            int dependant = first + EdgeRows.Neighbour(entry);
            tasks.Touched++;
            if (tasks.State(dependant) == TaskState.Waiting)
            {
                tasks.Pending[dependant]--;
                if (!succeeded && !EdgeRows.IsSoft(entry))
                {
                    Doom(dependant, handle);
                }

                Release(dependant);
            }
        }
    }

    private void Doom(int handle, int cause)
    {
        tasks.Flags[handle] |= TaskFlags.Doomed;
        if (!tasks.Flags[handle].HasFlag(TaskFlags.Conditional))
        {
            state.Doomed.Enqueue((handle, cause));
        }
    }

    /// <summary>Counts anew what a waiting task waits for.</summary>
    private void Recount(int handle)
    {
        tasks.Flags[handle] &= TaskFlags.Conditional;
        int pending = 0;
        foreach (int entry in tasks.Before(handle, out int first))
        {
            int need = first + EdgeRows.Neighbour(entry);
            tasks.Touched++;
            TaskState needed = tasks.State(need);
            if (!needed.HasEnded())
            {
                pending++;
            }
            else if (needed != TaskState.Succeeded && !EdgeRows.IsSoft(entry))
            {
                Doom(handle, need);
            }
        }

        tasks.Pending[handle] = pending;
    }

    /// <summary>Takes a task that is not alive out of any queue; false when it is alive or has ended.</summary>
    private bool Idle(int handle)
    {
        switch (tasks.State(handle))
        {
            case TaskState.Waiting:
                return true;
            case TaskState.Ready:
                state.Queues.Dequeue(handle);
                return true;
            case TaskState.Retrying:
                state.Retrying.Remove(handle);
                return true;
            default:
                return false;
        }
    }
}
