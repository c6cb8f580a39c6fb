using Plimsoll.Client.Runs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Adds a run up when its work in this process is over.</summary>
internal sealed class SummaryBuilder(DateTimeOffset began)
{
    public SummaryView Build(RunHost host)
    {
        RunTally tally = host.Tally;
        RunTasks tasks = host.Registry[host.Run];
        int ended = tally[TaskState.Succeeded] + tally[TaskState.Failed] + tally[TaskState.Dead] + tally[TaskState.Skipped] + tally[TaskState.Cancelled];
        double wall = (host.Clock.Now - began).TotalSeconds;
        return new SummaryView(
            host.Run.Value,
            tasks.Name,
            Outcome(host, tasks.Count - ended),
            tally[TaskState.Succeeded],
            tally[TaskState.Failed],
            tally[TaskState.Dead],
            tally.Retried,
            tally[TaskState.Skipped],
            tally[TaskState.Cancelled],
            tasks.Count - ended,
            wall,
            host.Memory.Peak.Value,
            tally.MaxConcurrency,
            tally.MaxConcurrency > 0 && wall > 0 ? Math.Min(1, tally.BusySeconds / (wall * tally.MaxConcurrency)) : null,
            tally.Failures,
            tally.Pressure.View(host.Clock.Now),
            UsageTally.View(tally.Usage.Total));
    }

    private static string Outcome(RunHost host, int unfinished)
    {
        RunTally tally = host.Tally;
        return host.Watch.Cancelled ? "cancelled"
            : host.Halt.Halted ? "halted"
            : !host.Watch.Finished || unfinished > 0 ? "interrupted"
            : tally[TaskState.Failed] + tally[TaskState.Dead] + tally.SkippedByOthers + tally[TaskState.Cancelled] > 0 ? "failed"
            : "succeeded";
    }
}
