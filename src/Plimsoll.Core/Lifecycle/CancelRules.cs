using System.Collections.Immutable;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Cancellation: what is alive is killed, what is not ends at once.</summary>
internal sealed class CancelRules(KernelState state, AttemptRules attempts)
{
    public void Cancel(CancelTask input, TurnDraft draft)
    {
        int handle = state.Runs.Find(input.Task);
        if (handle < 0 || state.Tasks.State(handle).HasEnded())
        {
            return;
        }

        if (state.Nodes.Find(handle) is { } live)
        {
            attempts.Cancel(live, input.Reason, draft);
        }
        else
        {
            draft.Record(new TasksCancelled(draft.Now, [input.Task], input.Reason));
        }
    }

    /// <summary>Costs as much as the run has tasks: each of them changes.</summary>
    public void Cancel(CancelRun input, TurnDraft draft)
    {
        if (state.Runs.Find(input.Run) is not { Finished: false } run)
        {
            return;
        }

        if (!run.Cancelled)
        {
            draft.Record(new RunCancelled(draft.Now, run.Id, input.Reason));
        }

        ImmutableArray<TaskId>.Builder idle = ImmutableArray.CreateBuilder<TaskId>();
        foreach (TaskSegment segment in run.Segments)
        {
            for (int handle = segment.FirstHandle; handle < segment.FirstHandle + segment.Count; handle++)
            {
                TaskState at = state.Tasks.State(handle);
                if (!at.HasEnded() && !at.IsLive())
                {
                    idle.Add(state.Tasks.Id(handle));
                }
            }
        }

        if (idle.Count > 0)
        {
            draft.Record(new TasksCancelled(draft.Now, idle.ToImmutable(), input.Reason));
        }

        foreach (AttemptLease live in state.Nodes.Live.ToArray())
        {
            if (live.Attempt.Task.Run == run.Id)
            {
                attempts.Cancel(live, input.Reason, draft);
            }
        }
    }
}
