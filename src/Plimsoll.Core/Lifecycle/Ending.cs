using Plimsoll.Core.Effects;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Turns the report of an attempt's end into its outcome and the next state of its task.</summary>
internal static class Ending
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;
    private const int SignalExitBase = 128;

    /// <summary>Whatever the report says, an attempt that we ended counts as what we ended it for.</summary>
    /// <remarks>Many programs answer SIGTERM with exit code 0; taking that for success would release the dependants of a cancelled task.</remarks>
    public static AttemptOutcome OutcomeOf(ExitReport report, KillReason? kill) => kill switch
    {
        KillReason.Cancelled or KillReason.Interrupted => AttemptOutcome.Cancelled,
        KillReason.TimedOut => AttemptOutcome.TimedOut,
        KillReason.Evicted => AttemptOutcome.Evicted,
        _ when report.StartError is not null => AttemptOutcome.StartFailed,
        _ when report.Evidence is MemoryEnd.OwnLimit or MemoryEnd.HeapAbort => AttemptOutcome.OutOfMemory,
        _ when report.Evidence == MemoryEnd.HostKiller => AttemptOutcome.Evicted,
        _ when report.Gone => AttemptOutcome.Lost,
        _ when report.Signal == Sigkill => AttemptOutcome.Lost,
        _ when report.OutputsError is not null => AttemptOutcome.Failed,
        _ when report.Signal is null && report.ExitCode == 0 => AttemptOutcome.Succeeded,
        _ => AttemptOutcome.Failed,
    };

    public static Verdict Judge(KernelState state, AttemptLease live, ExitReport report, DateTimeOffset now)
    {
        AttemptOutcome outcome = OutcomeOf(report, live.Kill ?? Unrecorded(state, live, report, now));
        string how = Describe(state, live, report, outcome);
        return outcome switch
        {
            AttemptOutcome.Succeeded => new Verdict(outcome, TaskState.Succeeded, null, null),
            AttemptOutcome.Cancelled when live.Kill == KillReason.Interrupted => new Verdict(outcome, TaskState.Ready, null, how),
            AttemptOutcome.Cancelled => new Verdict(outcome, TaskState.Cancelled, null, how),
            AttemptOutcome.Lost => Repeat(outcome, how, state.Tasks.Losses[live.Handle] + 1, state.Limits.LossCap),
            AttemptOutcome.Evicted => Repeat(outcome, how, state.Tasks.Evictions[live.Handle] + 1, state.Limits.LossCap),
            _ => Retry(state, live, new Verdict(outcome, TaskState.Failed, null, how), report, now),
        };
    }

    // A kill comes before its fact: whoever asked for this one may have died in between.
    private static KillReason? Unrecorded(KernelState state, AttemptLease live, ExitReport report, DateTimeOffset now) =>
        report.Signal == Sigterm && state.PolicyOf(live.Handle).Timeout is { } timeout && live.Age(now) >= timeout ? KillReason.TimedOut : null;

    private static Verdict Repeat(AttemptOutcome outcome, string how, int times, int cap) => times >= cap
        ? new Verdict(outcome, TaskState.Dead, null, $"{how}; that was time {times} of at most {cap}")
        : new Verdict(outcome, TaskState.Ready, null, $"{how}; it starts again ({times} of at most {cap} times)");

    private static Verdict Retry(KernelState state, AttemptLease live, Verdict ended, ExitReport report, DateTimeOffset now)
    {
        RetryPolicy policy = state.PolicyOf(live.Handle).Retry;
        int spent = state.Tasks.Spent[live.Handle] + 1;
        if (policy.Retries == 0)
        {
            return ended;
        }

        if (ended.Outcome == AttemptOutcome.OutOfMemory && report.Evidence == MemoryEnd.OwnLimit && live.Shape.Raised is { Exclusive: true })
        {
            return ended with { Next = TaskState.Dead, Reason = $"{ended.Reason}, alone on the node" };
        }

        if (!Grants(policy, ended.Outcome, report))
        {
            return ended with { Reason = Add(ended.Reason, "its retry_on does not cover that") };
        }

        if (spent > policy.Retries)
        {
            return ended with { Next = TaskState.Dead, Reason = Add(ended.Reason, policy.Retries == 1 ? "its retry is used up" : $"all {policy.Retries} retries are used up") };
        }

        TimeSpan delay = Jitter.Delay(policy.Backoff, state.Seed, live.Attempt, spent);
        string reason = Add(ended.Reason, $"retry {spent} of {policy.Retries} in {delay.TotalSeconds:0.#} s");
        return ended with { Next = TaskState.Retrying, RetryAt = now + delay, Reason = reason };
    }

    /// <summary>Adds to the first line of a reason; the others are details.</summary>
    private static string Add(string? reason, string more)
    {
        int end = reason?.IndexOf('\n', StringComparison.Ordinal) ?? -1;
        return end < 0 ? $"{reason}; {more}" : $"{reason![..end]}; {more}{reason[end..]}";
    }

    private static bool Grants(RetryPolicy policy, AttemptOutcome outcome, ExitReport report)
    {
        if (!policy.Outcomes.IsDefaultOrEmpty && !policy.Outcomes.Contains(outcome))
        {
            return false;
        }

        if (outcome != AttemptOutcome.Failed || policy.ExitCodes.IsDefaultOrEmpty)
        {
            return true;
        }

        // A shell reports a signal as 128 + its number; so may retry_on.
        return (report.ExitCode ?? report.Signal + SignalExitBase) is { } code && policy.ExitCodes.Contains(code);
    }

    private static string Describe(KernelState state, AttemptLease live, ExitReport report, AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Cancelled when live.Kill == KillReason.Interrupted => "interrupted because plimsoll was stopped",
        AttemptOutcome.Cancelled => "cancelled",
        AttemptOutcome.TimedOut => $"timed out after {state.PolicyOf(live.Handle).Timeout?.TotalSeconds:0.#} s",
        AttemptOutcome.OutOfMemory when report.Evidence == MemoryEnd.HeapAbort => "its runtime ran out of memory",
        AttemptOutcome.OutOfMemory => "killed for exceeding its own memory limit",
        AttemptOutcome.Evicted when report.Evidence == MemoryEnd.HostKiller && live.Kill is null => "killed by the kernel because the host ran out of memory",
        AttemptOutcome.Evicted => "evicted to protect the host",
        AttemptOutcome.StartFailed => $"could not start: {report.StartError}",
        AttemptOutcome.Lost when report.Gone => "lost: nobody recorded its end",
        AttemptOutcome.Lost => "lost: ended by SIGKILL from outside",
        _ when report.OutputsError is { } error => $"its outputs cannot be used: {error}",
        _ when report.Failure is { } failure => failure,
        _ when report.Signal is { } signal => $"ended by signal {signal}",
        _ => $"exit code {report.ExitCode}",
    };
}
