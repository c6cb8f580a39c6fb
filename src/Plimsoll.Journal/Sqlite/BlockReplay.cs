using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Rebuilds a block of tasks from its rows.</summary>
internal static class BlockReplay
{
    internal static TasksAdded Read(SqliteDatabase database, long position)
    {
        using SqliteStatement row = database.Query("SELECT id, at, run, first_ordinal, tasks, plan FROM block WHERE position = ?1");
        row.Bind(1, position);
        if (!row.Step())
        {
            throw new InvalidDataException($"journal {database.Path} has no tasks for its fact {position}");
        }

        long block = row.Long(0);
        RunId run = new(row.Int(2));
        int first = row.Int(3);
        int count = row.Int(4);
        (ImmutableArray<TaskShape> shapes, Dictionary<long, int> shapeIndex) = Distinct(database, "shape", block, JournalJson.Readable.TaskShape);
        (ImmutableArray<TaskPolicy> policies, Dictionary<long, int> policyIndex) = Distinct(database, "policy", block, JournalJson.Readable.TaskPolicy);
        BlockColumns columns = new(count);
        using SqliteStatement tasks = database.Query(
            "SELECT shape, policy, template, priority, rank, conditional, name, detail FROM task LEFT JOIN binding ON binding.task = task.id WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
        tasks.Bind(1, new TaskId(run, first).Value).Bind(2, new TaskId(run, first + count - 1).Value);
        for (int i = 0; i < count && tasks.Step(); i++)
        {
            columns.Read(i, tasks, shapeIndex, policyIndex);
        }

        return new TasksAdded(JournalTime.From(row.Long(1)), run, first, columns.ToBlock(shapes, policies, Edges(database, block)), columns.ToDocument(row.Blob(5)));
    }

    private static (ImmutableArray<T> Values, Dictionary<long, int> IndexOf) Distinct<T>(SqliteDatabase database, string table, long block, JsonTypeInfo<T> type)
        where T : class
    {
        using SqliteStatement rows = database.Query($"SELECT id, detail FROM {table} WHERE block = ?1 ORDER BY id");
        rows.Bind(1, block);
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>();
        Dictionary<long, int> indexOf = [];
        while (rows.Step())
        {
            indexOf.Add(rows.Long(0), values.Count);
            values.Add(JsonSerializer.Deserialize(rows.Utf8(1), type) ?? throw new InvalidDataException($"empty {table} in the journal"));
        }

        return (values.ToImmutable(), indexOf);
    }

    private static TaskEdge[] Edges(SqliteDatabase database, long block)
    {
        using SqliteStatement rows = database.Query("SELECT edges FROM edge_page WHERE block = ?1 ORDER BY id");
        rows.Bind(1, block);
        List<TaskEdge> edges = [];
        while (rows.Step())
        {
            EdgePage.Read(rows.Utf8(0), edges);
        }

        return [.. edges];
    }
}
