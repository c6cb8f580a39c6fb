using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Retention;

/// <summary>Deletes the rows of a finished run.</summary>
internal static class RunRemoval
{
    /// <returns>False when the run is not finished any more: somebody retried one of its tasks.</returns>
    internal static bool TryRemove(SqliteDatabase database, RunId run, bool rows)
    {
        string number = run.ToString();
        string tasks = string.Create(CultureInfo.InvariantCulture, $">= {new TaskId(run, 0).Value} AND {{0}} < {new TaskId(new RunId(run.Value + 1), 0).Value}");
        string Within(string column) => $"{column} {string.Format(CultureInfo.InvariantCulture, tasks, column)}";
        string fences = $"fence IN (SELECT fence FROM attempt WHERE {Within("task")})";
        string blocks = $"block IN (SELECT id FROM block WHERE run = {number})";
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            bool finished = database.Scalar($"SELECT count(*) FROM run WHERE id = {number} AND finished_at IS NOT NULL") == 1;
            if (finished && rows)
            {
                database.Execute($"""
                    DELETE FROM output WHERE {fences};
                    DELETE FROM attempt_process WHERE {fences};
                    DELETE FROM attempt_footprint WHERE {fences};
                    DELETE FROM attempt_usage WHERE {Within("task")};
                    DELETE FROM attempt_end WHERE {fences};
                    DELETE FROM attempt WHERE {Within("task")};
                    DELETE FROM task_progress WHERE {Within("task")};
                    DELETE FROM purged WHERE {Within("task")};
                    DELETE FROM task_priority WHERE {Within("task")};
                    DELETE FROM binding WHERE {Within("task")};
                    DELETE FROM task WHERE {Within("id")};
                    DELETE FROM shape WHERE {blocks};
                    DELETE FROM policy WHERE {blocks};
                    DELETE FROM edge_page WHERE {blocks};
                    DELETE FROM block WHERE run = {number};
                    DELETE FROM event WHERE run = {number};
                    DELETE FROM run WHERE id = {number};
                    """);
            }

            database.Execute("COMMIT");
            return finished;
        }
        catch (JournalException)
        {
            if (database.InTransaction)
            {
                database.Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>Deletes old changes of limits, breakers and intake; the newest of each stays, for recovery.</summary>
    internal static void RemoveGlobalEvents(SqliteDatabase database, DateTimeOffset before) =>
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            DELETE FROM event WHERE run IS NULL AND at < {JournalTime.Of(before)} AND position NOT IN (
              SELECT max(position) FROM event WHERE run IS NULL
              GROUP BY kind, json_extract(detail, '$.class'))
            """));
}
