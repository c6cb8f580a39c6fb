using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads tasks with where they are now.</summary>
internal static class TaskRows
{
    private const string Columns = """
        SELECT task.id, task.name, shape.class, coalesce(state, 0), coalesce(task_priority.priority, task.priority), coalesce(attempts, 0),
          attempt.at, changed_at, coalesce(task_progress.reason, attempt_end.reason)
        """;

    private const string Joins = """
          LEFT JOIN shape ON shape.id = task.shape
          LEFT JOIN task_priority ON task_priority.task = task.id
          LEFT JOIN attempt ON attempt.fence = task_progress.fence
          LEFT JOIN attempt_end ON attempt_end.fence = task_progress.fence
        WHERE task.id > ?1 AND task.id < ?2
        """;

    internal static IReadOnlyList<TaskRecord> Of(SqliteDatabase database, TaskQuery query)
    {
        // States other than waiting have a row of progress, of which there may be few: those lead then.
        bool touched = !query.States.IsEmpty && !query.States.Contains(TaskState.Waiting);
        string from = touched ? " FROM task_progress CROSS JOIN task ON task.id = task_progress.task " : " FROM task LEFT JOIN task_progress ON task_progress.task = task.id ";
        string range = touched ? " AND task_progress.task > ?1 AND task_progress.task < ?2" : "";
        string states = query.States.IsEmpty ? "" : $" AND coalesce(state, 0) IN ({string.Join(',', query.States.Select(state => (int)state))})";
        string name = query.Name is null ? "" : " AND task.name = ?4";
        using SqliteStatement rows = database.Query(Columns + from + Joins + range + states + name + " ORDER BY task.id LIMIT ?3");
        rows.Bind(1, query.After?.Value ?? (new TaskId(query.Run, 0).Value - 1)).Bind(2, new TaskId(new RunId(query.Run.Value + 1), 0).Value).Bind(3, query.Limit);
        if (query.Name is { } exact)
        {
            rows.Bind(4, exact);
        }

        Dictionary<TaskId, ModelUsage> usage = UsageRows.ByTask(database, query.Run);
        List<TaskRecord> tasks = [];
        while (rows.Step())
        {
            TaskState state = (TaskState)rows.Int(3);
            DateTimeOffset? ended = state >= TaskState.Succeeded ? JournalTime.From(rows.LongOrNull(7)) : null;
            tasks.Add(new TaskRecord(new TaskId(rows.Long(0)), rows.Text(1), rows.Text(2), state, rows.Int(4), rows.Int(5), JournalTime.From(rows.LongOrNull(6)), ended, rows.TextOrNull(8))
            {
                Usage = usage.GetValueOrDefault(new TaskId(rows.Long(0))),
            });
        }

        return tasks;
    }
}
