using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

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

    internal static async ValueTask<IReadOnlyList<TaskRecord>> OfAsync(IRowSource source, TaskQuery query, CancellationToken cancellationToken)
    {
        // States other than waiting have a row of progress, of which there may be few: those lead then.
        bool touched = !query.States.IsEmpty && !query.States.Contains(TaskState.Waiting);
        string from = touched ? $" FROM task_progress {source.Dialect.JoinInOrder} task ON task.id = task_progress.task " : " FROM task LEFT JOIN task_progress ON task_progress.task = task.id ";
        string range = touched ? " AND task_progress.task > ?1 AND task_progress.task < ?2" : "";
        string states = query.States.IsEmpty ? "" : $" AND coalesce(state, 0) IN ({string.Join(',', query.States.Select(state => (int)state))})";
        List<object> values = [query.After?.Value ?? (new TaskId(query.Run, 0).Value - 1), new TaskId(new RunId(query.Run.Value + 1), 0).Value, (long)query.Limit];
        string name = Equal("task.name", query.Name, values) + Equal("shape.class", query.Class, values) + Like("task.name", query.NamePart, values);
        using IRows rows = source.Query(
            Columns + from + Joins + range + states + name + " ORDER BY task.id LIMIT ?3", [.. values]);
        Dictionary<TaskId, ModelUsage> usage = await UsageRows.ByTaskAsync(source, query.Run, cancellationToken);
        List<TaskRecord> tasks = [];
        while (await rows.NextAsync(cancellationToken))
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

    /// <summary>Both kinds of database agree on this form for letters of ASCII; a pattern's own signs are escaped.</summary>
    private static string Like(string column, string? part, List<object> values)
    {
        if (part is null)
        {
            return "";
        }

        values.Add("%" + part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%");
        return $" AND lower({column}) LIKE lower(?{values.Count}) ESCAPE '!'";
    }

    private static string Equal(string column, string? wanted, List<object> values)
    {
        if (wanted is null)
        {
            return "";
        }

        values.Add(wanted);
        return $" AND {column} = ?{values.Count}";
    }
}
