using System.Buffers;
using System.Text;
using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Records;
using static Plimsoll.Journal.Postgres.ColumnKind;

namespace Plimsoll.Journal.Postgres;

/// <summary>Rows of blocks of tasks: one per task, edges in pages.</summary>
/// <remarks>A block's number is the position of its fact, and those of its shapes, policies and pages follow from it: nobody has to ask the server for one.</remarks>
internal sealed class BlockBuffers
{
    private const int EdgesPerPage = 4096;

    /// <summary>Bits for the shapes, policies or pages of one block; positions have the rest.</summary>
    private const int PartBits = 24;

    private readonly RowBuffer block = RowBuffer.Into("block", Whole, Whole, Whole, Whole, Whole, Whole, Bytes);
    private readonly RowBuffer shape = RowBuffer.Into("shape", Whole, Whole, Text, Json);
    private readonly RowBuffer policy = RowBuffer.Into("policy", Whole, Whole, Json);
    private readonly RowBuffer page = RowBuffer.Into("edge_page", Whole, Whole, Json);
    private readonly RowBuffer task = RowBuffer.Into("task", Whole, Whole, Whole, Whole, Whole, Real, Whole, Text);
    private readonly RowBuffer binding = RowBuffer.Into("binding", Whole, Text);

    internal IReadOnlyList<RowBuffer> All => [block, shape, policy, page, task, binding];

    internal void Write(TasksAdded fact, long position)
    {
        TaskBlock added = fact.Block;
        long parts = position << PartBits;
        block.Add(position).Add(position).Add(JournalTime.Of(fact.At)).Add((long)fact.Run.Value).Add((long)fact.FirstOrdinal).Add((long)added.Count)
            .Add(fact.Document.Plan.ToArray());
        for (int i = 0; i < added.Shapes.Length; i++)
        {
            TaskShape one = added.Shapes[i];
            shape.Add(parts + i).Add(position).Add(one.Class).Add(JsonSerializer.Serialize(one, JournalJson.Readable.TaskShape));
        }

        for (int i = 0; i < added.Policies.Length; i++)
        {
            TaskPolicy one = added.Policies[i];
            policy.Add(parts + i).Add(position).Add(JsonSerializer.Serialize(one, JournalJson.Readable.TaskPolicy));
        }

        WriteTasks(fact, parts);
        WriteEdges(position, parts, added.Edges);
    }

    private void WriteTasks(TasksAdded fact, long parts)
    {
        TaskBlock added = fact.Block;
        RunDocument document = fact.Document;
        int conditional = 0;
        for (int i = 0; i < added.Count; i++)
        {
            bool asks = conditional < added.Conditional.Length && added.Conditional[conditional] == i;
            conditional += asks ? 1 : 0;
            long id = new TaskId(fact.Run, fact.FirstOrdinal + i).Value;
            task.Add(id).Add(parts + added.ShapeOf[i]).Add(parts + added.PolicyOf[i]).Add((long)document.TemplateOf[i])
                .Add((long)added.Priority[i]).Add((double)added.Rank[i]).Add(asks ? 1L : 0L).Add(Encoding.UTF8.GetString(added.Names.Span(i)));
            if (document.Bindings[i] is { } values)
            {
                binding.Add(id).Add(values);
            }
        }
    }

    private void WriteEdges(long position, long parts, TaskEdge[] edges)
    {
        ArrayBufferWriter<byte> buffer = new(EdgesPerPage * 16);
        foreach (TaskEdge[] chunk in edges.Chunk(EdgesPerPage))
        {
            buffer.ResetWrittenCount();
            EdgePage.Write(chunk, buffer);
            page.Add(parts++).Add(position).Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }
}
