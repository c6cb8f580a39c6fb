using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Turns durable facts into the events that front ends and clients are told.</summary>
/// <param name="layout">Where output lies; null = files are not named: who reads the events may be on another machine.</param>
internal readonly struct FactViews(AttemptLayout? layout)
{
    public TaskStartedView Started(AttemptAdmitted fact, RunTasks tasks, bool withCommand = false)
    {
        int ordinal = fact.Attempt.Task.Ordinal;
        AttemptLayout? files = tasks.IsProcess(ordinal) ? layout : null;
        return new TaskStartedView(
            fact.At,
            tasks.Run.Value,
            tasks.NameOf(ordinal),
            ordinal,
            fact.Attempt.Number,
            tasks.ShapeOf(ordinal).Class,
            files?.Output(fact.Attempt),
            files?.Error(fact.Attempt),
            withCommand ? tasks.CommandOf(ordinal) : null);
    }

    public TaskEndedView Ended(AttemptFinished fact, RunTasks tasks, TimeSpan elapsed, ModelUsageView? usage)
    {
        int ordinal = fact.Attempt.Task.Ordinal;
        AttemptLayout? files = tasks.IsProcess(ordinal) ? layout : null;
        return new TaskEndedView(
            fact.At,
            tasks.Run.Value,
            tasks.NameOf(ordinal),
            ordinal,
            fact.Attempt.Number,
            Words.Of(fact.Next),
            Words.Of(fact.Outcome),
            fact.Report.ExitCode,
            fact.Report.Signal,
            elapsed.TotalSeconds,
            fact.Report.PeakResident.Value,
            files?.Output(fact.Attempt),
            files?.Error(fact.Attempt),
            fact.Reason,
            usage);
    }

    public TaskRetryingView Retrying(AttemptFinished fact, RunTasks tasks, TimeSpan elapsed, ModelUsageView? usage) => new(
        fact.At,
        tasks.Run.Value,
        tasks.NameOf(fact.Attempt.Task.Ordinal),
        fact.Attempt.Task.Ordinal,
        fact.Attempt.Number,
        Words.Of(fact.Outcome),
        fact.Report.ExitCode,
        fact.Report.Signal,
        elapsed.TotalSeconds,
        fact.RetryAt is { } due ? (due - fact.At).TotalSeconds : 0,
        layout?.Error(fact.Attempt),
        fact.Reason,
        usage);

    /// <param name="run">The run that is told; 0 = the service.</param>
    /// <param name="tasks">Of the attempt; null for a step of the whole node.</param>
    public static GuardSteppedView Stepped(GuardStepped fact, int run, RunTasks? tasks)
    {
        GuardAction action = fact.Action;
        return new GuardSteppedView(
            fact.At,
            run,
            Words.Of(action.Kind),
            Words.Of(action.Cause),
            tasks?.NameOf(action.Attempt.Task.Ordinal),
            tasks is null ? null : action.Attempt.Number,
            action.Free.Value,
            action.Reserve.Value,
            action.Projected.Value,
            action.Growth.Value);
    }

    public static TaskSkippedView Skipped(TasksSkipped fact, TaskId task, RunTasks tasks) =>
        new(fact.At, tasks.Run.Value, tasks.NameOf(task.Ordinal), task.Ordinal, fact.Reason);

    public static TaskEndedView Cancelled(TasksCancelled fact, TaskId task, RunTasks tasks) =>
        new(fact.At, tasks.Run.Value, tasks.NameOf(task.Ordinal), task.Ordinal, 0, "cancelled", "cancelled", null, null, 0, 0, null, null, fact.Reason);

    public static WarningView Kept(StreamsKept fact, RunTasks tasks) =>
        new(fact.At, tasks.Run.Value, "gateway", $"{tasks.NameOf(fact.Attempt.Task.Ordinal)} was frozen while a model answered; {fact.Bytes} bytes were kept for it");

    public static WarningView Narrowed(ClassWidthChanged fact, int run) =>
        new(fact.At, run, "memory", $"class {fact.Class} runs {(fact.Width is { } width ? $"{width} at a time" : "without a limit of its own again")}: {fact.Reason}");

    public static WarningView Broken(BreakerChanged fact, int run) => new(
        fact.At,
        run,
        "breaker",
        fact.OpenUntil is { } until
            ? $"class {fact.Class}: {fact.Reason}; nothing of it starts for {(until - fact.At).TotalSeconds:0.#} s, then one task as a probe"
            : $"class {fact.Class}: {fact.Reason}");
}
