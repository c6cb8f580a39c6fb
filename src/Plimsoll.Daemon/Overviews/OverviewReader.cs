using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Overviews;

/// <summary>Puts the overview of a kernel together: what is loaded, what runs, what waits and why.</summary>
internal static class OverviewReader
{
    private const int RunningShown = 200;
    private const int WaitingShown = 100;
    private const int RunsShown = 30;

    /// <summary>Class of calls to models; they have no process that starts.</summary>
    private const string ModelCalls = "llm";

    /// <summary>Reads a kernel on the loop's thread.</summary>
    /// <param name="status">As in <see cref="OverviewView.Status"/>.</param>
    /// <param name="node">The last reading of the machine; null = nothing can be read.</param>
    public static OverviewView Of(Kernel kernel, DateTimeOffset now, string status, string? trouble, NodeSample? node)
    {
        KernelSnapshot snapshot = kernel.Snapshot(now, WaitingShown);
        LoadLineSnapshot line = kernel.LoadLine(now);
        WaitCause? paused = line.Causes.FirstOrDefault(static cause => cause.First.Code == "paused");
        return new OverviewView(
            now,
            status,
            trouble,
            snapshot.IntakePaused ? paused?.First.Message ?? "starting is paused" : null,
            new ConcurrencyView(line.Slots, line.MostSlots),
            View(line),
            node?.Cpu is { } cpu ? new ProcessorView(cpu.Busy, cpu.Stalled) : null,
            Sum(snapshot.Runs),
            [.. snapshot.Live.Take(RunningShown).Select(live => View(live, now))],
            [.. snapshot.Waiting.Select(static waiting => new QueuedTaskView(waiting.Task.ToString(), waiting.Name, View(waiting.Reason)))],
            [.. line.Causes.Select(static cause => new WaitCauseView(cause.First.Code, cause.Tasks, cause.First.Message))],
            [.. snapshot.Runs.OrderBy(static run => run.Finished).ThenByDescending(static run => run.Run.Value).Take(RunsShown).Select(View)]);
    }

    private static LoadLineView View(LoadLineSnapshot line) => new(
        line.Limit?.Value,
        line is { Limit: { } limit, Capacity: { } capacity } ? Math.Max(0, limit.Value - capacity.Value) : null,
        line.Capacity?.Value,
        line.Foreign.Value,
        line.Measured.Value,
        Math.Max(0, line.Held.Value - line.Measured.Value),
        line.Shared.Value,
        line.Pool.Value,
        line.Free?.Value);

    private static LiveTaskView View(LiveSnapshot live, DateTimeOffset now) => new(
        live.Attempt.Task.ToString(),
        live.Name,
        live.Class,
        live.Attempt.Number,
        StateOf(live),
        Math.Max(0, (now - (live.StartedAt ?? live.AdmittedAt)).TotalSeconds),
        live.Measured.Value,
        Bytes.Max(live.Held, live.Measured).Value,
        live.Settled.Value,
        live.Burst.Value);

    private static string StateOf(LiveSnapshot live) => live switch
    {
        { IsLease: true } => "lease",
        { Ending: true } => "ending",
        { IsFrozen: true } => "frozen",
        { StartedAt: null, Class: not ModelCalls } => "starting",
        _ => "running",
    };

    private static ReasonView View(WaitReason reason) => new(reason.Code, reason.Message, reason.Needed, reason.Available, reason.ReleasedBy);

    private static RunProgressView View(RunSnapshot run) => new(
        run.Run.Value,
        run.Name,
        run switch
        {
            { Finished: true, Cancelled: true } => "cancelled",
            { Finished: true } => "finished",
            { Sealed: false } => "open",
            _ => "running",
        },
        ProgressViews.Counts(run.Counts),
        run.Finished ? null : run.RemainingPath.TotalSeconds);

    private static TaskCountsView Sum(IEnumerable<RunSnapshot> runs)
    {
        int[] sums = new int[16];
        foreach (RunSnapshot run in runs)
        {
            for (int state = 0; state < run.Counts.Length && state < sums.Length; state++)
            {
                sums[state] += run.Counts[state];
            }
        }

        return ProgressViews.Counts(sums);
    }
}
