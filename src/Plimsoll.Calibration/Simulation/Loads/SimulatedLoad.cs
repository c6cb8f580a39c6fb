using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Tasks for the kernel, and beside them what each truly does.</summary>
/// <param name="Work">One per task of the block.</param>
public sealed record SimulatedLoad(string Name, TaskBlock Block, SimulatedWork[] Work)
{
    public ImmutableDictionary<string, int> LockUnits { get; init; } = ImmutableDictionary<string, int>.Empty;

    public ImmutableDictionary<string, LimitPolicy> Services { get; init; } = ImmutableDictionary<string, LimitPolicy>.Empty;

    /// <summary>What comes when, in order; empty = all at once.</summary>
    public ImmutableArray<LoadPart> Parts { get; init; } = [];

    /// <summary>Conditional tasks whose condition is false, by index.</summary>
    public IReadOnlySet<int> Skipped { get; init; } = ImmutableHashSet<int>.Empty;

    /// <summary>The load of a plan: a task's own time is its rank less the largest of its dependants', its memory what it declares.</summary>
    public static SimulatedLoad OfPlan(string name, TaskBlock block, TimeSpan unknownDuration, Bytes unknownMemory)
    {
        float[] after = new float[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            after[edge.From] = Math.Max(after[edge.From], block.Rank[edge.To]);
        }

        var work = new SimulatedWork[block.Count];
        for (int i = 0; i < work.Length; i++)
        {
            float seconds = Math.Max(0, block.Rank[i] - after[i]);
            long bytes = block.Shapes[block.ShapeOf[i]].Memory?.Value ?? unknownMemory.Value;
            work[i] = SimulatedWork.Flat(seconds > 0 ? seconds : (float)unknownDuration.TotalSeconds, bytes);
        }

        return new SimulatedLoad(name, block, work);
    }

    /// <summary>The same tasks, declaring what each truly holds at most.</summary>
    public SimulatedLoad WithKnownSizes()
    {
        var shapes = new List<TaskShape>();
        var places = new Dictionary<(int Shape, long Bytes), int>();
        int[] shapeOf = new int[Block.Count];
        for (int i = 0; i < shapeOf.Length; i++)
        {
            (int Shape, long Bytes) key = (Block.ShapeOf[i], Work[i].PeakBytes);
            if (!places.TryGetValue(key, out int place))
            {
                place = shapes.Count;
                places.Add(key, place);
                shapes.Add(Block.Shapes[key.Shape] with { Memory = new Bytes(key.Bytes) });
            }

            shapeOf[i] = place;
        }

        return this with { Block = Block with { Shapes = [.. shapes], ShapeOf = shapeOf } };
    }

    /// <summary>The same tasks, declaring nothing.</summary>
    public SimulatedLoad WithoutSizes() =>
        this with { Block = Block with { Shapes = [.. Block.Shapes.Select(static shape => shape with { Memory = (Bytes?)null })] } };
}
