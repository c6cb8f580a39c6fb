using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads what attempts used of models.</summary>
internal static class UsageRows
{
    private const string Sums = "calls, input_tokens, cached_tokens, output_tokens, micro_dollars, refusals, queued";

    /// <summary>False for a journal of an earlier version that no writer has opened since.</summary>
    internal static bool Exist(SqliteDatabase database) =>
        database.Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'attempt_usage'") == 1;

    /// <summary>The newest use of every attempt of a range of tasks, with its place in the journal.</summary>
    internal static List<(long Position, ModelUsed Fact)> Of(SqliteDatabase database, TaskId first, TaskId end)
    {
        List<(long, ModelUsed)> found = [];
        if (!Exist(database))
        {
            return found;
        }

        using SqliteStatement rows = database.Query($"SELECT position, at, task, number, fence, {Sums} FROM attempt_usage WHERE task >= ?1 AND task < ?2 ORDER BY fence");
        rows.Bind(1, first.Value).Bind(2, end.Value);
        while (rows.Step())
        {
            AttemptId attempt = new(new TaskId(rows.Long(2)), rows.Int(3), rows.Long(4));
            found.Add((rows.Long(0), new ModelUsed(JournalTime.From(rows.Long(1)), attempt, Read(rows, 5))));
        }

        return found;
    }

    /// <summary>The use of each task of a run that used anything.</summary>
    internal static Dictionary<TaskId, ModelUsage> ByTask(SqliteDatabase database, RunId run)
    {
        Dictionary<TaskId, ModelUsage> sums = [];
        foreach ((_, ModelUsed used) in Of(database, new TaskId(run, 0), new TaskId(new RunId(run.Value + 1), 0)))
        {
            sums[used.Attempt.Task] = sums.GetValueOrDefault(used.Attempt.Task) + used.Usage;
        }

        return sums;
    }

    /// <summary>The use of a whole run.</summary>
    internal static ModelUsage Sum(SqliteDatabase database, RunId run)
    {
        if (!Exist(database))
        {
            return default;
        }

        string sums = string.Join(", ", Sums.Split(", ").Select(column => $"coalesce(sum({column}), 0)"));
        using SqliteStatement row = database.Query($"SELECT {sums} FROM attempt_usage WHERE task >= ?1 AND task < ?2");
        row.Bind(1, new TaskId(run, 0).Value).Bind(2, new TaskId(new RunId(run.Value + 1), 0).Value);
        row.Step();
        return Read(row, 0);
    }

    private static ModelUsage Read(SqliteStatement row, int first) => new(
        row.Long(first),
        row.Long(first + 1),
        row.Long(first + 2),
        row.Long(first + 3),
        row.Long(first + 4),
        row.Long(first + 5),
        new TimeSpan(row.Long(first + 6)));
}
