using System.Buffers;
using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Writes blocks of tasks: a row per task, edges in pages.</summary>
internal sealed class BlockTable(SqliteDatabase database)
{
    private const int EdgesPerPage = 4096;

    private readonly SqliteStatement addBlock = database.Prepare("INSERT INTO block (position, at, run, first_ordinal, tasks, plan) VALUES (?1,?2,?3,?4,?5,?6) RETURNING id");
    private readonly SqliteStatement addShape = database.Prepare("INSERT INTO shape (block, class, detail) VALUES (?1,?2,?3) RETURNING id");
    private readonly SqliteStatement addPolicy = database.Prepare("INSERT INTO policy (block, detail) VALUES (?1,?2) RETURNING id");
    private readonly SqliteStatement addPage = database.Prepare("INSERT INTO edge_page (block, edges) VALUES (?1,?2)");
    private readonly SqliteStatement addTask = database.Prepare("INSERT INTO task VALUES (?1,?2,?3,?4,?5,?6,?7,?8)");
    private readonly SqliteStatement addBinding = database.Prepare("INSERT INTO binding VALUES (?1,?2)");

    internal void Write(TasksAdded fact, long position)
    {
        TaskBlock block = fact.Block;
        long id = Insert(addBlock.Bind(1, position).Bind(2, JournalTime.Of(fact.At)).Bind(3, fact.Run.Value)
            .Bind(4, fact.FirstOrdinal).Bind(5, block.Count).BindBlob(6, fact.Document.Plan.Span));
        long[] shapes = new long[block.Shapes.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            TaskShape shape = block.Shapes[i];
            shapes[i] = Insert(addShape.Bind(1, id).Bind(2, shape.Class).BindText(3, JsonSerializer.SerializeToUtf8Bytes(shape, JournalJson.Readable.TaskShape)));
        }

        long[] policies = new long[block.Policies.Length];
        for (int i = 0; i < policies.Length; i++)
        {
            TaskPolicy policy = block.Policies[i];
            policies[i] = Insert(addPolicy.Bind(1, id).BindText(2, JsonSerializer.SerializeToUtf8Bytes(policy, JournalJson.Readable.TaskPolicy)));
        }

        WriteTasks(fact, shapes, policies);
        WriteEdges(id, block.Edges);
    }

    private static long Insert(SqliteStatement statement)
    {
        try
        {
            statement.Step();
            return statement.Long(0);
        }
        finally
        {
            statement.Reset();
        }
    }

    private void WriteTasks(TasksAdded fact, long[] shapes, long[] policies)
    {
        TaskBlock block = fact.Block;
        RunDocument document = fact.Document;
        int conditional = 0;
        for (int i = 0; i < block.Count; i++)
        {
            bool asks = conditional < block.Conditional.Length && block.Conditional[conditional] == i;
            conditional += asks ? 1 : 0;
            long task = new TaskId(fact.Run, fact.FirstOrdinal + i).Value;
            addTask.Bind(1, task).Bind(2, shapes[block.ShapeOf[i]]).Bind(3, policies[block.PolicyOf[i]]).Bind(4, document.TemplateOf[i])
                .Bind(5, block.Priority[i]).BindDouble(6, block.Rank[i]).Bind(7, asks ? 1 : 0).BindText(8, block.Names.Span(i)).Run();
            if (document.Bindings[i] is { } binding)
            {
                addBinding.Bind(1, task).Bind(2, binding).Run();
            }
        }
    }

    private void WriteEdges(long block, TaskEdge[] edges)
    {
        ArrayBufferWriter<byte> buffer = new(EdgesPerPage * 16);
        foreach (TaskEdge[] page in edges.Chunk(EdgesPerPage))
        {
            buffer.ResetWrittenCount();
            EdgePage.Write(page, buffer);
            addPage.Bind(1, block).BindText(2, buffer.WrittenSpan).Run();
        }
    }
}
