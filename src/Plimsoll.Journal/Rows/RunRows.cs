using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads runs with the numbers of their tasks by state.</summary>
internal static class RunRows
{
    private const string Columns = "SELECT id, name, origin, opened_at, sealed, cancelled, finished_at FROM run";
    private static readonly int States = (int)Enum.GetValues<TaskState>().Max() + 1;

    internal static async ValueTask<IReadOnlyList<RunRecord>> NewestAsync(IRowSource source, int limit, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query(Columns + " ORDER BY id DESC LIMIT ?1", (long)limit);
        List<RunRecord> runs = [];
        while (await rows.NextAsync(cancellationToken))
        {
            runs.Add(await RecordAsync(source, rows, cancellationToken));
        }

        return runs;
    }

    internal static async ValueTask<RunRecord?> OfAsync(IRowSource source, RunId run, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query(Columns + " WHERE id = ?1", (long)run.Value);
        return await rows.NextAsync(cancellationToken) ? await RecordAsync(source, rows, cancellationToken) : null;
    }

    private static async ValueTask<RunRecord> RecordAsync(IRowSource source, IRows row, CancellationToken cancellationToken)
    {
        RunId run = new(row.Int(0));
        int[] counts = await CountsAsync(source, run, cancellationToken);
        DateTimeOffset? lastAt = await LastAtAsync(source, run, cancellationToken);
        return new RunRecord(run, row.Text(1), row.Text(2), JournalTime.From(row.Long(3)), row.Int(4) != 0, row.Int(5) != 0, JournalTime.From(row.LongOrNull(6)), counts, lastAt)
        {
            Usage = await UsageRows.SumAsync(source, run, cancellationToken),
        };
    }

    private static async ValueTask<DateTimeOffset?> LastAtAsync(IRowSource source, RunId run, CancellationToken cancellationToken)
    {
        using IRows row = source.Query("SELECT max(changed_at) FROM task_progress WHERE task >= ?1 AND task < ?2", new TaskId(run, 0).Value, new TaskId(new RunId(run.Value + 1), 0).Value);
        await row.NextAsync(cancellationToken);
        return JournalTime.From(row.LongOrNull(0));
    }

    /// <summary>Counts the rows of progress; all other tasks of the run are waiting.</summary>
    private static async ValueTask<int[]> CountsAsync(IRowSource source, RunId run, CancellationToken cancellationToken)
    {
        int[] counts = new int[States];
        using IRows total = source.Query("SELECT coalesce(sum(tasks), 0) FROM block WHERE run = ?1", (long)run.Value);
        await total.NextAsync(cancellationToken);
        int untouched = total.Int(0);
        using IRows rows = source.Query(
            "SELECT state, count(*) FROM task_progress WHERE task >= ?1 AND task < ?2 GROUP BY state", new TaskId(run, 0).Value, new TaskId(new RunId(run.Value + 1), 0).Value);
        while (await rows.NextAsync(cancellationToken))
        {
            counts[rows.Int(0)] = rows.Int(1);
            untouched -= rows.Int(1);
        }

        counts[(int)TaskState.Waiting] += untouched;
        return counts;
    }
}
