using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What follows from the start, the end and the age of attempts.</summary>
/// <remarks>An input about an attempt that is not alive (an old fence, ended twice, an unknown task) is ignored.</remarks>
internal sealed class AttemptRules(KernelState state)
{
    private readonly ShortageRules shortages = new(state);

    public void Started(AttemptStarted input, TurnDraft draft)
    {
        if (Find(input.Attempt) is not { StartedAt: null } live)
        {
            return;
        }

        // In-process work has nothing to re-adopt: that it began is not worth a fact.
        if (input.Process is { } process)
        {
            draft.Record(new AttemptRunning(draft.Now, live.Attempt, process));
        }
    }

    /// <summary>What was under way when the earlier Plimsoll ended goes on: a pause is what it is now, and an end that was decided is asked for again.</summary>
    public void Adopted(AttemptAdopted input, TurnDraft draft)
    {
        if (Find(input.Attempt) is not { } live)
        {
            return;
        }

        if (input.Frozen && live.FrozenSince is null)
        {
            draft.Record(new AttemptFrozen(draft.Now, live.Attempt));
        }
        else if (!input.Frozen && live.FrozenSince is not null)
        {
            draft.Record(new AttemptThawed(draft.Now, live.Attempt));
        }

        if (live.Kill is { } reason)
        {
            draft.Ask(new KillAttempt(live.Node.Id, live.Attempt, reason, state.PolicyOf(live.Handle).Grace));
        }
    }

    public void Ended(AttemptEnded input, TurnDraft draft)
    {
        if (Find(input.Attempt) is not { } live)
        {
            return;
        }

        CircuitBreaker breaker = live.Shape.Class.Breaker;
        bool wasProbe = breaker.ProbeFence == live.Attempt.Fence;
        Verdict verdict = Ending.Judge(state, live, input.Report, draft.Now);
        shortages.Raise(live, input.Report, verdict, draft);
        draft.Record(new AttemptFinished(
            draft.Now, live.Attempt, verdict.Outcome, verdict.Next, verdict.RetryAt, input.Report, verdict.Reason));
        SwitchBreaker(live, verdict.Outcome, wasProbe, draft);
        shortages.Settle(live, input.Report, verdict.Outcome, draft);
    }

    /// <summary>Keeps what an attempt has used; the last sample of one may come after its end.</summary>
    public void Used(UsageSampled input, TurnDraft draft)
    {
        if (state.Runs.Find(input.Attempt.Task) >= 0)
        {
            draft.Record(new ModelUsed(draft.Now, input.Attempt, input.Usage));
        }
    }

    public void Kept(StreamKept input, TurnDraft draft)
    {
        if (Find(input.Attempt) is not null)
        {
            draft.Record(new StreamsKept(draft.Now, input.Attempt, input.Streams, input.Bytes));
        }
    }

    public void Hold(StartsHeld input, DateTimeOffset now)
    {
        foreach (AttemptId attempt in input.Attempts)
        {
            if (Find(attempt) is { StartedAt: null } live)
            {
                live.HeldUntil = now;
            }
        }
    }

    public void Yield(YieldSlot input)
    {
        if (Find(input.Attempt) is { } live && live.Yields != input.Yields)
        {
            live.Node.Yield(live, input.Yields);
        }
    }

    public void Bind(BindLease input)
    {
        if (Find(input.Lease) is { Holder: null } lease && Find(input.Holder) is { } holder)
        {
            NodeLedger.Bind(lease, holder);
        }
    }

    public void Interrupt(InterruptAttempts input, TurnDraft draft)
    {
        foreach (AttemptLease live in state.Nodes.Live.ToArray())
        {
            if (live.Kill is null)
            {
                draft.Record(new AttemptKilled(draft.Now, live.Attempt, KillReason.Interrupted, input.Reason));
            }

            // Asked for again, the end may come with less grace.
            TimeSpan grace = input.Grace ?? state.PolicyOf(live.Handle).Grace;
            draft.Ask(new KillAttempt(live.Node.Id, live.Attempt, live.Kill ?? KillReason.Interrupted, grace));
        }
    }

    /// <summary>Ends an attempt for the user, also when it is already being ended for another reason.</summary>
    public void Cancel(AttemptLease live, string reason, TurnDraft draft)
    {
        if (live.Kill != KillReason.Cancelled)
        {
            Kill(live, KillReason.Cancelled, reason, draft);
        }
    }

    /// <summary>Does what has become due.</summary>
    public void Advance(TurnDraft draft)
    {
        while (state.Timers.Take(draft.Now) is { } due)
        {
            switch (due.Kind)
            {
                case DueKind.Retry:
                    state.Retrying.Remove(due.Handle);
                    state.Tasks.Move(due.Handle, TaskState.Ready);
                    state.Queues.Enqueue(due.Handle);
                    break;
                case DueKind.Timeout when state.Nodes.Find(due.Handle) is { } live:
                    TimeOut(live, due, draft);
                    break;
                case DueKind.Settle when state.Nodes.Find(due.Handle) is { } live:
                    NodeRules.Settle(state, live);
                    break;
                case DueKind.Probe when due.Class!.Breaker.HalfOpen(draft.Now):
                    state.SettleAll(due.Class);
                    break;
                case DueKind.CoolDown or DueKind.Pause when state.Nodes.Find(new NodeId(due.Handle)) is { } node:
                    state.Nodes.Note(node);
                    break;
                case DueKind.Limit:
                    state.Locks[due.Handle].WakesAt = null;
                    state.Locks.Unsettled.Add(due.Handle);
                    break;
                default:
                    break;
            }
        }
    }

    private void TimeOut(AttemptLease live, Due due, TurnDraft draft)
    {
        TimeSpan timeout = state.PolicyOf(live.Handle).Timeout ?? TimeSpan.MaxValue;
        if (live.Age(draft.Now) < timeout)
        {
            state.Timers.Add(due with { At = draft.Now + timeout - live.Age(draft.Now) });
            return;
        }

        Kill(live, KillReason.TimedOut, $"older than its timeout of {timeout.TotalSeconds:0.#} s", draft);
    }

    private void Kill(AttemptLease live, KillReason reason, string detail, TurnDraft draft)
    {
        draft.Record(new AttemptKilled(draft.Now, live.Attempt, reason, detail));
        draft.Ask(new KillAttempt(live.Node.Id, live.Attempt, reason, state.PolicyOf(live.Handle).Grace));
    }

    private void SwitchBreaker(AttemptLease live, AttemptOutcome outcome, bool wasProbe, TurnDraft draft)
    {
        CircuitBreaker breaker = live.Shape.Class.Breaker;
        if (outcome == AttemptOutcome.Succeeded && breaker.OpenUntil is not null)
        {
            draft.Record(new BreakerChanged(draft.Now, live.Shape.Class.Name, null, "an attempt succeeded"));
            return;
        }

        bool counts = outcome is AttemptOutcome.Failed or AttemptOutcome.TimedOut or AttemptOutcome.OutOfMemory or AttemptOutcome.StartFailed;
        BreakerPolicy? policy = state.PolicyOf(live.Handle).Breaker ?? (wasProbe ? BreakerPolicy.Default : null);
        if (!counts || policy is null)
        {
            return;
        }

        if (wasProbe || (breaker.OpenUntil is null && breaker.IsTripped(policy)))
        {
            string reason = wasProbe
                ? "the probe failed"
                : $"{policy.Failures} failures without a success within {policy.Window.TotalSeconds:0.#} s";
            draft.Record(new BreakerChanged(draft.Now, live.Shape.Class.Name, draft.Now + policy.OpenFor, reason));
        }
    }

    private AttemptLease? Find(AttemptId attempt)
    {
        int handle = state.Runs.Find(attempt.Task);
        return handle >= 0 && state.Nodes.Find(handle) is { } live && live.Attempt == attempt ? live : null;
    }
}
