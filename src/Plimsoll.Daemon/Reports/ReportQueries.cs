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
        DateTimeOffset now = live ? context.Time.GetUtcNow() : run.FinishedAt ?? run.LastAt ?? run.OpenedAt;
        var comparison = new PredecessorComparison(run, tasks, now);
        foreach (RunRecord before in await PredecessorsAsync(reader!, run, cancellationToken))
        {
            comparison.Add(before, await TasksAsync(reader!, before, withAttempts: false, cancellationToken));
        }

        return new ReportBuilder(run, tasks, now).Build(context.Time.GetUtcNow(), live, comparison);
    }

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
