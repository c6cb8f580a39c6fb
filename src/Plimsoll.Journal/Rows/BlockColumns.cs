using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Journal.Rows;

/// <summary>The per-task arrays of a block while its rows are read.</summary>
internal sealed class BlockColumns(int count)
{
    private readonly Utf8Arena names = new(count);
    private readonly int[] shapeOf = new int[count];
    private readonly int[] policyOf = new int[count];
    private readonly int[] templateOf = new int[count];
    private readonly int[] priority = new int[count];
    private readonly float[] rank = new float[count];
    private readonly string?[] bindings = new string?[count];
    private readonly List<int> conditional = [];

    /// <summary>Takes shape, policy, template, priority, rank, conditional, name, binding.</summary>
    internal void Read(int index, IRows row, Dictionary<long, int> shapes, Dictionary<long, int> policies)
    {
        shapeOf[index] = shapes[row.Long(0)];
        policyOf[index] = policies[row.Long(1)];
        templateOf[index] = row.Int(2);
        priority[index] = row.Int(3);
        rank[index] = (float)row.Double(4);
        if (row.Int(5) != 0)
        {
            conditional.Add(index);
        }

        names.Add(row.Text(6));
        bindings[index] = row.TextOrNull(7);
    }

    internal TaskBlock ToBlock(ImmutableArray<TaskShape> shapes, ImmutableArray<TaskPolicy> policies, TaskEdge[] edges) => new()
    {
        Names = names,
        Shapes = shapes,
        Policies = policies,
        ShapeOf = shapeOf,
        PolicyOf = policyOf,
        Priority = priority,
        Rank = rank,
        Edges = edges,
        Conditional = [.. conditional],
    };

    internal RunDocument ToDocument(ReadOnlyMemory<byte> plan) => new(plan, templateOf, bindings);
}
