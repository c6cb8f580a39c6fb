using System.Threading.Channels;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Tells the front end what happens in a run, from durable facts, in order.</summary>
/// <remarks>Must observe before the <see cref="RunTally"/>, which knows when the attempt that just ended began.</remarks>
internal sealed class RunEvents(RunId run, TaskRegistry registry, RunTally tally, AttemptLayout layout) : IFactObserver
{
    /// <summary>A reader that is this far behind has gone away (a closed terminal); the run goes on without telling it more.</summary>
    private const int Most = 4_000_000;

    private readonly Channel<RunEventView> events = Channel.CreateBounded<RunEventView>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Dictionary<AttemptId, ModelUsage> used = [];

    public ChannelReader<RunEventView> Reader => events.Reader;

    /// <summary>True when started events carry the command: runs of <c>plimsoll map</c> only, a plan may carry secrets.</summary>
    public bool WithCommands { get; init; }

    public void Tell(RunEventView view) => events.Writer.TryWrite(view);

    public void Complete() => events.Writer.TryComplete();

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptAdmitted fact when fact.Attempt.Task.Run == run:
                    Tell(Started(fact));
                    break;
                case AttemptFinished { Next: TaskState.Ready or TaskState.Retrying } fact when fact.Attempt.Task.Run == run:
                    Tell(Retrying(fact));
                    break;
                case AttemptFinished fact when fact.Attempt.Task.Run == run:
                    Tell(Ended(fact));
                    break;
                case ModelUsed fact when fact.Attempt.Task.Run == run && tally.AdmittedAt(fact.Attempt.Task) is not null:
                    used[fact.Attempt] = fact.Usage;
                    break;
                case StreamsKept fact when fact.Attempt.Task.Run == run:
                    Tell(new WarningView(fact.At, run.Value, "gateway", $"{registry[run].NameOf(fact.Attempt.Task.Ordinal)} was frozen while a model answered; {fact.Bytes} bytes were kept for it"));
                    break;
                case TasksSkipped fact:
                    Skipped(fact);
                    break;
                case TasksCancelled fact:
                    Cancelled(fact);
                    break;
                case GuardStepped fact when fact.Action.Attempt == default || fact.Action.Attempt.Task.Run == run:
                    Tell(Stepped(fact));
                    break;
                case ClassWidthChanged fact:
                    Tell(new WarningView(fact.At, run.Value, "memory", $"class {fact.Class} runs {(fact.Width is { } width ? $"{width} at a time" : "without a limit of its own again")}: {fact.Reason}"));
                    break;
                case BreakerChanged fact:
                    Tell(new WarningView(fact.At, run.Value, "breaker", Breaker(fact)));
                    break;
            }
        }
    }

    private static string Breaker(BreakerChanged fact) => fact.OpenUntil is { } until
        ? $"class {fact.Class}: {fact.Reason}; nothing of it starts for {(until - fact.At).TotalSeconds:0.#} s, then one task as a probe"
        : $"class {fact.Class}: {fact.Reason}";

    private TaskStartedView Started(AttemptAdmitted fact)
    {
        RunTasks tasks = registry[run];
        int ordinal = fact.Attempt.Task.Ordinal;
        bool process = tasks.IsProcess(ordinal);
        return new TaskStartedView(
            fact.At,
            run.Value,
            tasks.NameOf(ordinal),
            ordinal,
            fact.Attempt.Number,
            tasks.ShapeOf(ordinal).Class,
            process ? layout.Output(fact.Attempt) : null,
            process ? layout.Error(fact.Attempt) : null,
            WithCommands ? tasks.CommandOf(ordinal) : null);
    }

    private TaskEndedView Ended(AttemptFinished fact)
    {
        RunTasks tasks = registry[run];
        int ordinal = fact.Attempt.Task.Ordinal;
        bool process = tasks.IsProcess(ordinal);
        return new TaskEndedView(
            fact.At,
            run.Value,
            tasks.NameOf(ordinal),
            ordinal,
            fact.Attempt.Number,
            Words.Of(fact.Next),
            Words.Of(fact.Outcome),
            fact.Report.ExitCode,
            fact.Report.Signal,
            ElapsedSeconds(fact),
            fact.Report.PeakResident.Value,
            process ? layout.Output(fact.Attempt) : null,
            process ? layout.Error(fact.Attempt) : null,
            fact.Reason,
            Used(fact.Attempt));
    }

    private TaskRetryingView Retrying(AttemptFinished fact) => new(
        fact.At,
        run.Value,
        registry[run].NameOf(fact.Attempt.Task.Ordinal),
        fact.Attempt.Task.Ordinal,
        fact.Attempt.Number,
        Words.Of(fact.Outcome),
        fact.Report.ExitCode,
        fact.Report.Signal,
        ElapsedSeconds(fact),
        fact.RetryAt is { } due ? (due - fact.At).TotalSeconds : 0,
        layout.Error(fact.Attempt),
        fact.Reason,
        Used(fact.Attempt));

    /// <summary>What an attempt that has ended used of models; asked once.</summary>
    private ModelUsageView? Used(AttemptId attempt) => used.Remove(attempt, out ModelUsage usage) ? UsageTally.View(usage) : null;

    private GuardSteppedView Stepped(GuardStepped fact)
    {
        GuardAction action = fact.Action;
        bool ofNode = action.Attempt == default;
        return new GuardSteppedView(
            fact.At,
            run.Value,
            Words.Of(action.Kind),
            Words.Of(action.Cause),
            ofNode ? null : registry[run].NameOf(action.Attempt.Task.Ordinal),
            ofNode ? null : action.Attempt.Number,
            action.Free.Value,
            action.Reserve.Value,
            action.Projected.Value,
            action.Growth.Value);
    }

    private void Skipped(TasksSkipped fact)
    {
        foreach (TaskId task in fact.Tasks)
        {
            Tell(new TaskSkippedView(fact.At, run.Value, registry[run].NameOf(task.Ordinal), task.Ordinal, fact.Reason));
        }
    }

    private void Cancelled(TasksCancelled fact)
    {
        foreach (TaskId task in fact.Tasks)
        {
            Tell(new TaskEndedView(
                fact.At, run.Value, registry[run].NameOf(task.Ordinal), task.Ordinal, 0, "cancelled", "cancelled", null, null, 0, Bytes.Zero.Value, null, null, fact.Reason));
        }
    }

    private double ElapsedSeconds(AttemptFinished fact) =>
        tally.AdmittedAt(fact.Attempt.Task) is { } since ? (fact.At - since).TotalSeconds : 0;
}
