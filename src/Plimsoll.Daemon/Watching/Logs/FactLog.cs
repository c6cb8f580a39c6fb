using System.Collections.Immutable;
using Plimsoll.Client.Services;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Logs;

/// <summary>Logs runs and attempts from durable facts, and alerts; with the trace and span that the task finds in its environment.</summary>
/// <remarks>Facts come on the loop's thread, which only notes them: text and ids are made where they are written.</remarks>
internal sealed class FactLog(LogFan log, TaskRegistry registry, TraceIds ids)
{
    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            Observe(facts[i]);
        }
    }

    public void Tell(ImmutableArray<AlertChange> changes)
    {
        foreach (AlertChange change in changes.Where(static change => change.Kind != AlertChangeKind.Reminded))
        {
            log.Add(() => Line(change));
        }
    }

    private void Observe(Fact fact)
    {
        switch (fact)
        {
            case AttemptAdmitted started:
                string begun = NameOf(started.Attempt.Task);
                log.AddMinor(() => Line(started.At, "info", "attempt.started", $"{begun}: attempt {started.Attempt.Number} starts", started.Attempt) with { Name = begun });
                break;
            case AttemptFinished ended:
                string name = NameOf(ended.Attempt.Task);
                log.AddMinor(() => Line(ended, name));
                break;
            case RunOpened run when registry.Find(run.Run) is not { IsInbox: true }: // single tasks have a trace each
                log.AddMinor(() => Line(run.At, "run.opened", $"run {run.Run.Value} ({run.Name}) is accepted", run.Run));
                break;
            case RunFinished run:
                log.AddMinor(() => Line(run.At, "run.ended", $"run {run.Run.Value} has ended", run.Run));
                break;
        }
    }

    private LogLineView Line(AttemptFinished ended, string name)
    {
        string outcome = Words.Of(ended.Outcome);
        bool well = ended.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Cancelled;
        string message = ended.Reason is { } reason ? $"{name}: attempt {ended.Attempt.Number} {outcome}: {reason}" : $"{name}: attempt {ended.Attempt.Number} {outcome}";
        return Line(ended.At, well ? "info" : "warning", "attempt.ended", message, ended.Attempt) with { Name = name, Outcome = outcome };
    }

    private LogLineView Line(DateTimeOffset at, string level, string kind, string message, AttemptId attempt) => new(at, level, kind, message)
    {
        Run = attempt.Task.Run.Value,
        Task = attempt.Task.ToString(),
        Attempt = attempt.Number,
        TraceId = ids.TraceOf(attempt.Task),
        SpanId = ids.SpanOf(attempt),
    };

    private LogLineView Line(DateTimeOffset at, string kind, string message, RunId run) =>
        new(at, "info", kind, message) { Run = run.Value, TraceId = ids.TraceOf(run), SpanId = ids.SpanOf(run) };

    private static LogLineView Line(AlertChange change)
    {
        Alert alert = change.Alert;
        bool raised = change.Kind == AlertChangeKind.Raised;
        string level = !raised || alert.Severity == AlertSeverity.Info ? "info" : alert.Severity == AlertSeverity.Critical ? "error" : "warning";
        return new LogLineView(raised ? alert.RaisedAt : alert.ClearedAt ?? alert.RaisedAt, level, raised ? "alert.raised" : "alert.cleared", $"{alert.Rule} {alert.Subject}: {alert.Message}".Replace(" :", ":", StringComparison.Ordinal)) { Alert = alert.Id };
    }

    private string NameOf(TaskId task) => registry.Find(task.Run)?.NameOf(task.Ordinal) ?? task.ToString();
}
