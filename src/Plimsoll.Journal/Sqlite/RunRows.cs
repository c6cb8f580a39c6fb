using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads runs with the numbers of their tasks by state.</summary>
internal static class RunRows
{
    private const string Columns = "SELECT id, name, origin, opened_at, sealed, cancelled, finished_at FROM run";
    private static readonly int States = (int)Enum.GetValues<TaskState>().Max() + 1;

    internal static IReadOnlyList<RunRecord> Newest(SqliteDatabase database, int limit)
    {
        using SqliteStatement rows = database.Query(Columns + " ORDER BY id DESC LIMIT ?1");
        rows.Bind(1, limit);
        List<RunRecord> runs = [];
        while (rows.Step())
        {
            runs.Add(Record(database, rows));
        }

        return runs;
    }

    internal static RunRecord? Of(SqliteDatabase database, RunId run)
    {
        using SqliteStatement rows = database.Query(Columns + " WHERE id = ?1");
        rows.Bind(1, run.Value);
        return rows.Step() ? Record(database, rows) : null;
    }

    private static RunRecord Record(SqliteDatabase database, SqliteStatement row)
    {
        RunId run = new(row.Int(0));
        return new RunRecord(run, row.Text(1), row.Text(2), JournalTime.From(row.Long(3)), row.Int(4) != 0, row.Int(5) != 0, JournalTime.From(row.LongOrNull(6)), Counts(database, run), LastAt(database, run))
        {
            Usage = UsageRows.Sum(database, run),
        };
    }

    private static DateTimeOffset? LastAt(SqliteDatabase database, RunId run)
    {
        using SqliteStatement row = database.Query("SELECT max(changed_at) FROM task_progress WHERE task >= ?1 AND task < ?2");
        row.Bind(1, new TaskId(run, 0).Value).Bind(2, new TaskId(new RunId(run.Value + 1), 0).Value);
        row.Step();
        return JournalTime.From(row.LongOrNull(0));
    }

    /// <summary>Counts the rows of progress; all other tasks of the run are waiting.</summary>
    private static int[] Counts(SqliteDatabase database, RunId run)
    {
        int[] counts = new int[States];
        using SqliteStatement total = database.Query("SELECT coalesce(sum(tasks), 0) FROM block WHERE run = ?1");
        total.Bind(1, run.Value);
        total.Step();
        int untouched = total.Int(0);
        using SqliteStatement rows = database.Query("SELECT state, count(*) FROM task_progress WHERE task >= ?1 AND task < ?2 GROUP BY state");
        rows.Bind(1, new TaskId(run, 0).Value).Bind(2, new TaskId(new RunId(run.Value + 1), 0).Value);
        while (rows.Step())
        {
            counts[rows.Int(0)] = rows.Int(1);
            untouched -= rows.Int(1);
        }

        counts[(int)TaskState.Waiting] += untouched;
        return counts;
    }
}
