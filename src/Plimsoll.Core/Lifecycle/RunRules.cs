using Plimsoll.Core.Admission;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What people and hosts ask of runs and of the node; a request about something unknown is ignored.</summary>
internal sealed class RunRules(KernelState state)
{
    public void Open(OpenRun input, TurnDraft draft) =>
        draft.Record(new RunOpened(draft.Now, new RunId(state.Runs.Last.Value + 1), input.Ticket, input.Name, input.Origin));

    public void Add(AddTasks input, TurnDraft draft)
    {
        if (state.Runs.Find(input.Run) is { Sealed: false, Cancelled: false } run)
        {
            draft.Record(new TasksAdded(draft.Now, input.Run, run.Total, input.Block, input.Document));
        }
    }

    public void Seal(SealRun input, TurnDraft draft)
    {
        if (state.Runs.Find(input.Run) is { Sealed: false })
        {
            draft.Record(new RunSealed(draft.Now, input.Run));
        }
    }

    public void Restore(RestoreRun input, FactFolder folder)
    {
        if (state.Runs.Find(input.Run) is null)
        {
            foreach (Fact fact in input.Facts)
            {
                folder.Fold(fact);
            }
        }
    }

    /// <remarks>The rows of its tasks are used again by runs to come.</remarks>
    public void Forget(ForgetRun input)
    {
        if (state.Runs.Find(input.Run) is { IsComplete: true, Finished: true } run)
        {
            state.Runs.Remove(run.Id);
            state.Queues.Forget(run.Id);
            state.Tasks.Remove(run);
        }
    }

    public static void Set(SetLimits input, TurnDraft draft) => draft.Record(new LimitsChanged(draft.Now, input.Limits, input.Run));

    public void Set(SetIntake input, TurnDraft draft)
    {
        if (state.IntakePaused != input.Paused || state.IntakeReason != input.Reason)
        {
            draft.Record(new IntakeChanged(draft.Now, input.Paused, input.Reason));
        }
    }

    public void Set(SetPriority input, TurnDraft draft)
    {
        int handle = state.Runs.Find(input.Task);
        if (handle >= 0 && !state.Tasks.State(handle).IsLive() && !state.Tasks.State(handle).HasEnded())
        {
            draft.Record(new PriorityChanged(draft.Now, input.Task, input.Priority));
        }
    }

    /// <summary>Declares the runs finished that have nothing left to do.</summary>
    public void Finish(TurnDraft draft)
    {
        while (state.Finishing.TryDequeue(out RunState? run))
        {
            if (run is { IsComplete: true, Finished: false })
            {
                SaveProfiles(draft);
                draft.Record(new RunFinished(draft.Now, run.Id));
            }
        }
    }

    /// <summary>Keeps what was learned beyond the run that taught it.</summary>
    private void SaveProfiles(TurnDraft draft)
    {
        foreach (ClassState owner in state.Queues.Classes.Values)
        {
            if (owner.Profile.Unsaved > 0)
            {
                draft.Record(new ClassLearned(draft.Now, owner.Name, owner.Profile.Save()));
            }
        }
    }
}
