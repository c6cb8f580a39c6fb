using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What follows from readings of a node and from what its guard has done.</summary>
internal sealed class NodeRules(KernelState state, AttemptRules attempts)
{
    private static readonly TimeSpan AfterEviction = TimeSpan.FromSeconds(3);

    private readonly SampleReader reader = new(state);

    /// <summary>Takes a reading; readings are not facts, the next one after recovery replaces them.</summary>
    public void Take(SampleTaken input, TurnDraft draft)
    {
        if (state.Nodes.Find(input.Node) is not { } node)
        {
            return;
        }

        (MemoryMode before, long limit) = (node.MemoryMode, node.Sample?.Limit.Value ?? 0);
        reader.Take(node, input.Sample, draft.Now);
        if (node.Sample?.Limit.Value != limit)
        {
            state.Placement.Changed(node);
        }

        if (node.MemoryMode != before)
        {
            state.ResizeAll();
        }

        if (AdmissionRule.IsAbove(state.Limits, input.Sample.Memory))
        {
            node.Gates.PausedUntil = draft.Now + state.Limits.Concurrency.CoolDown;
            state.Timers.Add(new Due(DueKind.Pause, node.Gates.PausedUntil, node.Id.Value, 0, null));
        }
    }

    /// <summary>Makes facts of what the guard has done; an attempt that has ended in the meantime is passed over.</summary>
    public void Take(GuardActed input, TurnDraft draft)
    {
        if (state.Nodes.Find(input.Node) is not { } node)
        {
            return;
        }

        state.Nodes.Note(node);
        foreach (GuardAction action in input.Actions)
        {
            if (action.Attempt == default)
            {
                TakeStep(node, action, draft);
            }
            else if (Find(action.Attempt) is { } live)
            {
                Take(live, action, draft);
            }
        }
    }

    /// <summary>After an eviction the node starts nothing for a while.</summary>
    public static void CoolDown(KernelState state, NodeLedger node, TurnDraft draft)
    {
        node.Gates.CoolsUntil = draft.Now + AfterEviction;
        state.Nodes.Note(node);
        state.Timers.Add(new Due(DueKind.CoolDown, node.Gates.CoolsUntil, node.Id.Value, 0, null));
    }

    /// <summary>A start is over: its place is free, and what a probe has settled at counts for its class.</summary>
    public static void Settle(KernelState state, AttemptLease live)
    {
        ClassState owner = live.Shape.Class;
        bool wasFull = owner.IsFull;
        if (!live.Node.Settle(live))
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

    /// <summary>A node came, changed or went; with one that went, what ran there is lost.</summary>
    public void Set(SetNode input, TurnDraft draft)
    {
        if (input.Capacity is null && state.Nodes.Find(input.Node) is not { IsUp: true })
        {
            return;
        }

        draft.Record(new NodeChanged(draft.Now, input.Node, input.Capacity));
        if (input.Capacity is null)
        {
            foreach (AttemptLease live in state.Nodes.Get(input.Node).Live.ToArray())
            {
                attempts.Ended(new AttemptEnded(live.Attempt, ExitReport.Lost), draft);
            }
        }
    }

    private static void TakeStep(NodeLedger node, in GuardAction action, TurnDraft draft)
    {
        draft.Record(new GuardStepped(draft.Now, node.Id, action));
        node.Gates.IsGuarded = action.Kind switch
        {
            GuardActionKind.Gate => true,
            GuardActionKind.Ungate => false,
            _ => node.Gates.IsGuarded,
        };
    }

    private void Take(AttemptLease live, in GuardAction action, TurnDraft draft)
    {
        draft.Record(new GuardStepped(draft.Now, live.Node.Id, action));
        switch (action.Kind)
        {
            case GuardActionKind.Freeze:
                draft.Record(new AttemptFrozen(draft.Now, live.Attempt));
                break;
            case GuardActionKind.Thaw:
                draft.Record(new AttemptThawed(draft.Now, live.Attempt));
                break;
            case GuardActionKind.Evict when live.Kill is null or KillReason.TimedOut:
                CoolDown(state, live.Node, draft);
                string detail = action.Cause == GuardCause.Deadline ? "frozen for too long" : $"{action.Free} of the node's memory is free, the reserve is {action.Reserve}";
                draft.Record(new AttemptKilled(draft.Now, live.Attempt, KillReason.Evicted, detail));

                // The guard has done so already; asked for again in case nobody heard it.
                draft.Ask(new KillAttempt(live.Node.Id, live.Attempt, KillReason.Evicted, TimeSpan.Zero));
                break;
            default:
                break;
        }
    }

    private AttemptLease? Find(AttemptId attempt)
    {
        int handle = state.Runs.Find(attempt.Task);
        return handle >= 0 && state.Nodes.Find(handle) is { } live && live.Attempt == attempt ? live : null;
    }
}
