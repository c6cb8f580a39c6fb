using Plimsoll.Client.Reports;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Reports;

/// <summary>Compares a run with earlier ones of the same name: as a whole, by class, and by task where there are few.</summary>
internal sealed class PredecessorComparison(RunRecord run, IReadOnlyList<ReportedTask> tasks, DateTimeOffset now)
{
    private const int MostTasks = 1000;
    private const int Listed = 20;
    private const string Whole = "the run";

    private readonly List<(Dictionary<string, double> Durations, Dictionary<string, double> Attempts, Dictionary<string, double> Costs)> before = [];

    /// <summary>Runs it is compared with.</summary>
    public int Runs => before.Count;

    public void Add(RunRecord record, IReadOnlyList<ReportedTask> of) => before.Add(Measure(record, of, record.FinishedAt ?? record.OpenedAt));

    public ComparisonView[] Find()
    {
        // A run that goes on is shorter than its predecessors because of that alone.
        (Dictionary<string, double> durations, Dictionary<string, double> attempts, Dictionary<string, double> costs) = Measure(run, tasks, run.FinishedAt);
        IEnumerable<RunComparison> found = RunComparison.Find("duration", durations, [.. before.Select(static one => one.Durations)])
            .Concat(RunComparison.Find("attempts", attempts, [.. before.Select(static one => one.Attempts)]))
            .Concat(RunComparison.Find("cost", costs, [.. before.Select(static one => one.Costs)]));
        return [.. found.Take(Listed).Select(static one => new ComparisonView(
            one.Name, one.Measure, one.Value, one.Usual, double.IsFinite(one.Ratio) ? one.Ratio : null, one.Predecessors, one.Deviations, one.Describe()))];
    }

    private (Dictionary<string, double> Durations, Dictionary<string, double> Attempts, Dictionary<string, double> Costs) Measure(
        RunRecord record, IReadOnlyList<ReportedTask> of, DateTimeOffset? finished)
    {
        var durations = new Dictionary<string, double>(StringComparer.Ordinal);
        var attempts = new Dictionary<string, double>(StringComparer.Ordinal);
        var costs = new Dictionary<string, double>(StringComparer.Ordinal);
        if (finished is { } end)
        {
            durations[Whole] = (end - record.OpenedAt).TotalSeconds;
            costs[Whole] = record.Usage.MicroDollars / 1e6;
        }

        foreach (IGrouping<string, TaskRecord> all in of.Select(static task => task.Task).Where(static task => task.State == TaskState.Succeeded).GroupBy(static task => task.Class, StringComparer.Ordinal))
        {
            double[] seconds = [.. all.Select(Seconds)];
            durations[$"class {all.Key}"] = Robust.Median(seconds);
            attempts[$"class {all.Key}"] = all.Average(static task => task.Attempts);
        }

        foreach (TaskRecord task in of.Count <= MostTasks ? of.Select(static task => task.Task).Where(static task => task.State == TaskState.Succeeded) : [])
        {
            durations[task.Name] = Seconds(task);
        }

        return (durations, attempts, costs);
    }

    private double Seconds(TaskRecord task) => task.StartedAt is { } start ? Math.Max(0, ((task.EndedAt ?? now) - start).TotalSeconds) : 0;
}
