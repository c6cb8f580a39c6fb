using Plimsoll.Core.Admission;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What follows when an attempt ran short of memory: more for its next one, and fewer of its class at once.</summary>
internal sealed class ShortageRules(KernelState state)
{
    private const int WidestClass = 64;
    private const int SampledPerFact = 16;

    /// <summary>Before the end is recorded: what the next attempt of the task gets.</summary>
    public void Raise(AttemptLease live, ExitReport report, in Verdict verdict, TurnDraft draft)
    {
        if (verdict.Next is not (TaskState.Ready or TaskState.Retrying))
        {
            return;
        }

        long peak = Peak(live, report);
        long held = live.Footprint.Settled;
        switch (verdict.Outcome)
        {
            case AttemptOutcome.Evicted when peak > held:
                Record(live, peak, false, $"it was seen to hold {new Bytes(peak)}", draft);
                break;
            case AttemptOutcome.OutOfMemory when report.Evidence == MemoryEnd.HeapAbort:
                Record(live, Math.Max(held, peak), true, "its runtime ran out of memory: the next attempt runs alone", draft);
                break;
            case AttemptOutcome.OutOfMemory:
                long capacity = state.Placement.LargestBytes;
                long next = Math.Min(capacity, Math.Max(Math.Max(2 * held, peak), live.Shape.Class.Profile.PeakFor(live.Shape.Shape.Size)));
                bool alone = held >= capacity;
                string reason = alone ? "all the memory was not enough: the next attempt runs alone" : $"{new Bytes(held)} was not enough: {new Bytes(next)} is next";
                Record(live, next, alone, reason, draft);
                break;
            default:
                break;
        }
    }

    /// <summary>After the end is recorded: how many of the class may run at once, what was learned, and rest for the node.</summary>
    public void Settle(AttemptLease live, ExitReport report, AttemptOutcome outcome, TurnDraft draft)
    {
        ClassState owner = live.Shape.Class;
        switch (outcome)
        {
            case AttemptOutcome.Evicted:
                NodeRules.CoolDown(state, live.Node, draft);
                if (owner.IsTroubled && owner.Width != 1)
                {
                    Narrow(owner, "3 of its attempts were evicted within a minute", draft);
                }

                break;
            case AttemptOutcome.OutOfMemory when owner.Width != 1 && report.Evidence == MemoryEnd.HeapAbort:
                Narrow(owner, "the runtime of one of its attempts ran out of memory", draft);
                break;
            case AttemptOutcome.OutOfMemory when owner.Width != 1 && live.Footprint.Settled >= state.Placement.LargestBytes:
                Narrow(owner, "one of its attempts ran out of memory with all of it", draft);
                break;
            case AttemptOutcome.Succeeded when owner.Width is { } width:
                int? wider = width * 2 > WidestClass ? null : width * 2;
                draft.Record(new ClassWidthChanged(draft.Now, owner.Name, wider, "an attempt succeeded"));
                break;
            default:
                break;
        }

        if (owner.Profile.Unsaved >= SampledPerFact)
        {
            draft.Record(new ClassLearned(draft.Now, owner.Name, owner.Profile.Save()));
        }
    }

    private static long Peak(AttemptLease live, ExitReport report) =>
        Math.Max(live.PeakBytes, Math.Max(report.PeakResident.Value, report.Footprint?.Peak.Value ?? 0));

    private static void Narrow(ClassState owner, string why, TurnDraft draft) =>
        draft.Record(new ClassWidthChanged(draft.Now, owner.Name, 1, $"{why}: one at a time until they succeed"));

    private static void Record(AttemptLease live, long bytes, bool alone, string reason, TurnDraft draft) =>
        draft.Record(new NeedRaised(draft.Now, live.Attempt.Task, new Bytes(bytes), alone, reason));
}
