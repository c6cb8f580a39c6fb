using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Native;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads the outputs of an attempt.</summary>
internal static class OutputRows
{
    /// <summary>Outputs of the task's latest attempt that succeeded.</summary>
    internal static IReadOnlyDictionary<string, string> OfSuccess(SqliteDatabase database, TaskId task)
    {
        using SqliteStatement rows = database.Query("SELECT max(attempt.fence) FROM attempt JOIN attempt_end ON attempt_end.fence = attempt.fence WHERE task = ?1 AND outcome = ?2");
        rows.Bind(1, task.Value).Bind(2, (long)AttemptOutcome.Succeeded);
        return Of(database, rows.Step() ? rows.Long(0) : 0);
    }

    internal static IReadOnlyDictionary<string, string> Of(SqliteDatabase database, long fence)
    {
        using SqliteStatement rows = database.Query("SELECT key, value FROM output WHERE fence = ?1");
        rows.Bind(1, fence);
        Dictionary<string, string> outputs = new(StringComparer.Ordinal);
        while (rows.Step())
        {
            outputs[rows.Text(0)] = rows.Text(1);
        }

        return outputs;
    }
}
