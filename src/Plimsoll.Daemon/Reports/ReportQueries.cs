using Plimsoll.Client.Reports;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Reports;

/// <summary>Reads one run and its predecessors from the journal and puts a report together.</summary>
internal sealed class ReportQueries(ProjectContext context)
{
    private const int SearchedRuns = 1000;
    private const int MostPredecessors = 10;

    public async Task<Outcome<ReportView>> ReportAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (!(await RunRecords.FindAsync(reader, address with { Task = null }, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        bool live = (await LiveRuns.FindAsync(context, cancellationToken)).Contains(run.Run.Value);
        IReadOnlyList<ReportedTask> tasks = await TasksAsync(reader!, run, withAttempts: true, cancellationToken);
        DateTimeOffset now = End(run, live);
        var comparison = new PredecessorComparison(run, tasks, now);
        foreach (RunRecord before in await PredecessorsAsync(reader!, run, cancellationToken))
        {
            comparison.Add(before, await TasksAsync(reader!, before, IsSmall(before), cancellationToken));
        }

        return new ReportBuilder(run, tasks, now).Build(context.Time.GetUtcNow(), live, comparison);
    }

    /// <summary>A run beside its predecessors, or beside the runs that are named.</summary>
    /// <param name="others">Numbers of runs; empty = the last finished ones of the same name.</param>
    public async Task<Outcome<RunComparisonView>> CompareAsync(TaskAddress address, IReadOnlyList<int> others, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (!(await RunRecords.FindAsync(reader, address with { Task = null }, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        List<RunRecord> before = [];
        foreach (int number in others.Distinct())
        {
            if (number == run.Run.Value)
            {
                return new Refusal(ExitCode.Invalid, $"run {number} cannot be compared with itself", "Name other runs after it, or none: then its predecessors are taken.");
            }

            if (!(await RunRecords.FindAsync(reader, new TaskAddress(number, null), cancellationToken)).TryGet(out RunRecord? other, out refusal))
            {
                return refusal;
            }

            before.Add(other);
        }

        bool live = (await LiveRuns.FindAsync(context, cancellationToken)).Contains(run.Run.Value);
        var comparison = new PredecessorComparison(run, await TasksAsync(reader!, run, IsSmall(run), cancellationToken), End(run, live));
        foreach (RunRecord one in others.Count > 0 ? before : await PredecessorsAsync(reader!, run, cancellationToken))
        {
            comparison.Add(one, await TasksAsync(reader!, one, IsSmall(one), cancellationToken));
        }

        return comparison.View(ReportBuilder.State(run, live), named: others.Count > 0);
    }

    /// <summary>Memory is read attempt by attempt, which is worth it where tasks are few.</summary>
    private static bool IsSmall(RunRecord run) => run.Counts.Sum() <= RunMeasures.MostTasks;

    private DateTimeOffset End(RunRecord run, bool live) => live ? context.Time.GetUtcNow() : run.FinishedAt ?? run.LastAt ?? run.OpenedAt;

    private static async Task<List<RunRecord>> PredecessorsAsync(IJournalReader reader, RunRecord run, CancellationToken cancellationToken) =>
        [.. (await reader.RunsAsync(SearchedRuns, cancellationToken))
            .Where(one => one.Run.Value < run.Run.Value && one.Name == run.Name && one is { FinishedAt: not null, Cancelled: false })
            .Take(MostPredecessors)];

    private static async Task<IReadOnlyList<ReportedTask>> TasksAsync(IJournalReader reader, RunRecord run, bool withAttempts, CancellationToken cancellationToken)
    {
        IReadOnlyList<TaskRecord> records = await reader.TasksAsync(new TaskQuery(run.Run, [], null, null, int.MaxValue), cancellationToken);
        var tasks = new List<ReportedTask>(records.Count);
        foreach (TaskRecord record in records)
        {
            tasks.Add(new ReportedTask(record, withAttempts && record.Attempts > 0 ? await reader.AttemptsAsync(record.Task, cancellationToken) : []));
        }

        return tasks;
    }
}
