using Plimsoll.Client.Runs;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Turns kernel snapshots into what a progress display shows.</summary>
internal sealed class ProgressViews(RunHost host, DateTimeOffset began, KernelLimits limits)
{
    private const int RunningShown = 64;

    public ProgressView Empty { get; } = new(
        host.Run.Value, 0, Counts([]), [], [], null, new MemoryView(0, 0, 0), new ConcurrencyView(0, limits.Concurrency.Maximum), Stopping: false);

    /// <param name="now">The limits in force, which may have been retuned.</param>
    public ProgressView Of(KernelSnapshot snapshot, KernelLimits now)
    {
        RunSnapshot? run = snapshot.Runs.FirstOrDefault(candidate => candidate.Run == host.Run);
        NodeSample? node = host.Memory.Latest;
        MemorySample memory = node?.Memory ?? default;
        return new ProgressView(
            host.Run.Value,
            (snapshot.At - began).TotalSeconds,
            Counts(run?.Counts ?? []),
            [.. snapshot.Live.Take(RunningShown).Select(live => Running(live, snapshot.At, host.ResidentOf(live.Attempt)))],
            [.. snapshot.Waiting.Select(waiting => new WaitingTaskView(waiting.Name, waiting.Reason.Message))],
            EstimatedEnd(snapshot, run),
            new MemoryView(memory.Limit.Value, memory.Free.Value, now.ReserveOf(memory.Limit).Value),
            new ConcurrencyView(snapshot.Live.Length, now.Concurrency.Maximum),
            host.Watch.Stopping)
        {
            Processors = node?.Cpu is { } cpu ? new ProcessorView(cpu.Busy, cpu.Stalled) : null,
        };
    }

    public static RunningTaskView Running(LiveSnapshot live, DateTimeOffset now, Bytes resident) =>
        new(live.Name, live.Attempt.Number, (now - (live.StartedAt ?? live.AdmittedAt)).TotalSeconds, resident.Value);

    public static TaskCountsView Counts(IReadOnlyList<int> counts)
    {
        int At(TaskState state) => (int)state < counts.Count ? counts[(int)state] : 0;
        return new TaskCountsView(
            At(TaskState.Waiting),
            At(TaskState.Ready),
            At(TaskState.Running) + At(TaskState.Admitted),
            At(TaskState.Frozen),
            At(TaskState.Retrying),
            At(TaskState.Succeeded),
            At(TaskState.Failed),
            At(TaskState.Dead),
            At(TaskState.Cancelled),
            At(TaskState.Skipped));
    }

    /// <summary>The longer of the remaining critical path and the remaining work at the pace seen so far.</summary>
    private double? EstimatedEnd(KernelSnapshot snapshot, RunSnapshot? run)
    {
        if (run is null || host.Tally.Completed == 0)
        {
            return null;
        }

        int open = run.Counts.Take((int)TaskState.Succeeded).Sum();
        double pace = (snapshot.At - began).TotalSeconds / host.Tally.Completed;
        return Math.Max(run.RemainingPath.TotalSeconds, open * pace);
    }
}
