using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Rebuilds a block of tasks from its rows.</summary>
internal static class BlockReplay
{
    internal static async ValueTask<TasksAdded> ReadAsync(IRowSource source, long position, CancellationToken cancellationToken)
    {
        using IRows row = source.Query("SELECT id, at, run, first_ordinal, tasks, plan FROM block WHERE position = ?1", position);
        if (!await row.NextAsync(cancellationToken))
        {
            throw new InvalidDataException($"journal {source.Place} has no tasks for its fact {position}");
        }

        long block = row.Long(0);
        RunId run = new(row.Int(2));
        int first = row.Int(3);
        int count = row.Int(4);
        (ImmutableArray<TaskShape> shapes, Dictionary<long, int> shapeIndex) = await DistinctAsync(source, "shape", block, JournalJson.Readable.TaskShape, cancellationToken);
        (ImmutableArray<TaskPolicy> policies, Dictionary<long, int> policyIndex) = await DistinctAsync(source, "policy", block, JournalJson.Readable.TaskPolicy, cancellationToken);
        BlockColumns columns = new(count);
        using IRows tasks = source.Query(
            "SELECT shape, policy, template, priority, rank, conditional, name, detail FROM task LEFT JOIN binding ON binding.task = task.id WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            new TaskId(run, first).Value,
            new TaskId(run, first + count - 1).Value);
        for (int i = 0; i < count && await tasks.NextAsync(cancellationToken); i++)
        {
            columns.Read(i, tasks, shapeIndex, policyIndex);
        }

        return new TasksAdded(JournalTime.From(row.Long(1)), run, first, columns.ToBlock(shapes, policies, await EdgesAsync(source, block, cancellationToken)), columns.ToDocument(row.Blob(5)));
    }

    private static async ValueTask<(ImmutableArray<T> Values, Dictionary<long, int> IndexOf)> DistinctAsync<T>(
        IRowSource source, string table, long block, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using IRows rows = source.Query($"SELECT id, detail FROM {table} WHERE block = ?1 ORDER BY id", block);
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>();
        Dictionary<long, int> indexOf = [];
        while (await rows.NextAsync(cancellationToken))
        {
            indexOf.Add(rows.Long(0), values.Count);
            values.Add(JsonSerializer.Deserialize(rows.Utf8(1), type) ?? throw new InvalidDataException($"empty {table} in the journal"));
        }

        return (values.ToImmutable(), indexOf);
    }

    private static async ValueTask<TaskEdge[]> EdgesAsync(IRowSource source, long block, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query("SELECT edges FROM edge_page WHERE block = ?1 ORDER BY id", block);
        List<TaskEdge> edges = [];
        while (await rows.NextAsync(cancellationToken))
        {
            EdgePage.Read(rows.Utf8(0), edges);
        }

        return [.. edges];
    }
}
