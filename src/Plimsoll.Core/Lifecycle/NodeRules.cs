using Plimsoll.Core.Admission;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What follows from readings of a node and from what its guard has done.</summary>
internal sealed class NodeRules(KernelState state)
{
    private static readonly TimeSpan AfterEviction = TimeSpan.FromSeconds(3);

    private readonly SampleReader reader = new(state);

    /// <summary>Takes a reading; readings are not facts, the next one after recovery replaces them.</summary>
    public void Take(SampleTaken input, TurnDraft draft)
    {
        if (input.Node != NodeId.Local)
        {
            return;
        }

        MemoryMode before = state.MemoryMode;
        reader.Take(input.Sample, draft.Now);
        if (state.MemoryMode != before)
        {
            state.ResizeAll();
        }

        if (AdmissionRule.IsAbove(state.Limits, input.Sample.Memory))
        {
            state.Node.Gates.PausedUntil = draft.Now + state.Limits.Concurrency.CoolDown;
            state.Timers.Add(new Due(DueKind.Pause, state.Node.Gates.PausedUntil, -1, 0, null));
        }
    }

    /// <summary>Makes facts of what the guard has done; an attempt that has ended in the meantime is passed over.</summary>
    public void Take(GuardActed input, TurnDraft draft)
    {
        if (input.Node != NodeId.Local)
        {
            return;
        }

        foreach (GuardAction action in input.Actions)
        {
            if (action.Attempt == default)
            {
                TakeStep(action, draft);
            }
            else if (Find(action.Attempt) is { } live)
            {
                Take(live, action, draft);
            }
        }
    }

    /// <summary>After an eviction the node starts nothing for a while.</summary>
    public static void CoolDown(KernelState state, TurnDraft draft)
    {
        state.Node.Gates.CoolsUntil = draft.Now + AfterEviction;
        state.Timers.Add(new Due(DueKind.CoolDown, state.Node.Gates.CoolsUntil, -1, 0, null));
    }

    /// <summary>A start is over: its place is free, and what a probe has settled at counts for its class.</summary>
    public static void Settle(KernelState state, AttemptLease live)
    {
        ClassState owner = live.Shape.Class;
        bool wasFull = owner.IsFull;
        if (!state.Node.Settle(live))
        {
            return;
        }

        if (live.IsProbe)
        {
            owner.SettledProbes++;
            SampleReader.Note(state, live);
        }

        if (wasFull && !owner.IsFull)
        {
            state.SettleAll(owner);
        }
    }

    private void TakeStep(in GuardAction action, TurnDraft draft)
    {
        draft.Record(new GuardStepped(draft.Now, NodeId.Local, action));
        state.Node.Gates.IsGuarded = action.Kind switch
        {
            GuardActionKind.Gate => true,
            GuardActionKind.Ungate => false,
            _ => state.Node.Gates.IsGuarded,
        };
    }

    private void Take(AttemptLease live, in GuardAction action, TurnDraft draft)
    {
        draft.Record(new GuardStepped(draft.Now, NodeId.Local, action));
        switch (action.Kind)
        {
            case GuardActionKind.Freeze:
                draft.Record(new AttemptFrozen(draft.Now, live.Attempt));
                break;
            case GuardActionKind.Thaw:
                draft.Record(new AttemptThawed(draft.Now, live.Attempt));
                break;
            case GuardActionKind.Evict when live.Kill is null or KillReason.TimedOut:
                CoolDown(state, draft);
                string detail = action.Cause == GuardCause.Deadline ? "frozen for too long" : $"{action.Free} of the node's memory is free, the reserve is {action.Reserve}";
                draft.Record(new AttemptKilled(draft.Now, live.Attempt, KillReason.Evicted, detail));

                // The guard has done so already; asked for again in case nobody heard it.
                draft.Ask(new KillAttempt(NodeId.Local, live.Attempt, KillReason.Evicted, TimeSpan.Zero));
                break;
            default:
                break;
        }
    }

    private AttemptLease? Find(AttemptId attempt)
    {
        int handle = state.Runs.Find(attempt.Task);
        return handle >= 0 && state.Node.Find(handle) is { } live && live.Attempt == attempt ? live : null;
    }
}
