using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Reports;

/// <summary>What of a run can be compared with another: the whole, its classes, and its tasks where there are few; of tasks that succeeded.</summary>
/// <param name="Durations">Seconds; of a class the median of its tasks.</param>
/// <param name="Attempts">Of a class, per task.</param>
/// <param name="Memory">Bytes at the peak; of a class the median of its tasks. Only where attempts were read.</param>
/// <param name="Costs">US dollars.</param>
internal sealed record RunMeasures(
    IReadOnlyDictionary<string, double> Durations, IReadOnlyDictionary<string, double> Attempts, IReadOnlyDictionary<string, double> Memory, IReadOnlyDictionary<string, double> Costs)
{
    public const string Whole = "the run";

    /// <summary>Runs with more tasks are compared by class alone, and their attempts are not read for it.</summary>
    public const int MostTasks = 1000;

    /// <param name="finished">Null while it goes on: it is shorter and cheaper than others because of that alone, so the whole is left out.</param>
    public static RunMeasures Of(RunRecord record, IReadOnlyList<ReportedTask> tasks, DateTimeOffset? finished, DateTimeOffset now)
    {
        var durations = new Dictionary<string, double>(StringComparer.Ordinal);
        var attempts = new Dictionary<string, double>(StringComparer.Ordinal);
        var memory = new Dictionary<string, double>(StringComparer.Ordinal);
        var costs = new Dictionary<string, double>(StringComparer.Ordinal);
        if (finished is { } end)
        {
            durations[Whole] = (end - record.OpenedAt).TotalSeconds;
            costs[Whole] = record.Usage.MicroDollars / 1e6;
        }

        ReportedTask[] succeeded = [.. tasks.Where(static task => task.Task.State == TaskState.Succeeded)];
        foreach (IGrouping<string, ReportedTask> all in succeeded.GroupBy(static task => task.Task.Class, StringComparer.Ordinal))
        {
            string name = $"class {all.Key}";
            durations[name] = Robust.Median([.. all.Select(Seconds)]);
            attempts[name] = all.Average(static task => task.Task.Attempts);
            double[] peaks = [.. all.Where(static task => task.PeakBytes > 0).Select(static task => (double)task.PeakBytes)];
            if (peaks.Length > 0)
            {
                memory[name] = Robust.Median(peaks);
            }
        }

        // A class of one task has said everything about it.
        HashSet<string> alone = [.. tasks.CountBy(static task => task.Task.Class).Where(static one => one.Value == 1).Select(static one => one.Key)];
        foreach (ReportedTask task in tasks.Count <= MostTasks ? succeeded.Where(task => !alone.Contains(task.Task.Class)) : [])
        {
            durations[task.Task.Name] = Seconds(task);
            if (task.PeakBytes > 0)
            {
                memory[task.Task.Name] = task.PeakBytes;
            }
        }

        return new RunMeasures(durations, attempts, memory, costs);

        double Seconds(ReportedTask task) => task.Task.StartedAt is { } start ? Math.Max(0, ((task.Task.EndedAt ?? now) - start).TotalSeconds) : 0;
    }
}
