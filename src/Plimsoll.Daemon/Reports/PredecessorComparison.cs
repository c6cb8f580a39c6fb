using Plimsoll.Client.Reports;
using Plimsoll.Core.Ports;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Reports;

/// <summary>Compares a run with earlier ones: as a whole, by class, and by task where there are few.</summary>
internal sealed class PredecessorComparison(RunRecord run, IReadOnlyList<ReportedTask> tasks, DateTimeOffset now)
{
    private const int Listed = 20;

    private readonly List<RunRecord> records = [];
    private readonly List<RunMeasures> before = [];

    /// <summary>Runs it is compared with.</summary>
    public int Runs => before.Count;

    public void Add(RunRecord record, IReadOnlyList<ReportedTask> of)
    {
        records.Add(record);
        before.Add(RunMeasures.Of(record, of, record.FinishedAt ?? record.OpenedAt, now));
    }

    /// <summary>What differs beyond chance.</summary>
    public ComparisonView[] Find() => [.. All(RunComparison.Fewest).Where(static one => one.Differs).Take(Listed)];

    /// <summary>The whole run and its classes with their numbers, and tasks that differ; what differs first.</summary>
    /// <param name="named">True when the runs were chosen: one of them is enough to compare with.</param>
    public RunComparisonView View(string state, bool named)
    {
        ComparisonView[] all = All(named ? 1 : RunComparison.Fewest);
        HashSet<string> subjects = [RunMeasures.Whole, .. tasks.Select(static task => $"class {task.Task.Class}")];
        return new RunComparisonView(
            run.Run.Value,
            run.Name,
            state,
            [.. records.Select(static record => record.Run.Value)],
            [.. all.Where(static one => one.Differs).Take(Listed), .. all.Where(one => !one.Differs && subjects.Contains(one.Subject) && (one.Value > 0 || one.Usual > 0)).Take(Listed * 2)]);
    }

    private ComparisonView[] All(int fewest)
    {
        RunMeasures measured = RunMeasures.Of(run, tasks, run.FinishedAt, now);
        IEnumerable<RunComparison> found = RunComparison.Compare("duration", measured.Durations, [.. before.Select(static one => one.Durations)], fewest)
            .Concat(RunComparison.Compare("memory", measured.Memory, [.. before.Select(static one => one.Memory)], fewest))
            .Concat(RunComparison.Compare("attempts", measured.Attempts, [.. before.Select(static one => one.Attempts)], fewest))
            .Concat(RunComparison.Compare("cost", measured.Costs, [.. before.Select(static one => one.Costs)], fewest));
        return [.. found.Select(static one => new ComparisonView(
            one.Name, one.Measure, one.Value, one.Usual, double.IsFinite(one.Ratio) ? one.Ratio : null, one.Predecessors, one.Deviations, one.Differs, one.Describe()))];
    }
}
