using Plimsoll.Core.Graphs;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Tasks of a block, in a row, as a block of their own.</summary>
internal static class BlockSlice
{
    /// <param name="first">Nobody in the slice needs anybody outside.</param>
    public static TaskBlock Of(TaskBlock block, int first, int count)
    {
        var names = new Utf8Arena(count);
        for (int i = first; i < first + count; i++)
        {
            names.Add(block.Names[i]);
        }

        Range range = first..(first + count);
        bool Holds(int task) => task >= first && task < first + count;
        return block with
        {
            Names = names,
            ShapeOf = block.ShapeOf[range],
            PolicyOf = block.PolicyOf[range],
            Priority = block.Priority[range],
            Rank = block.Rank[range],
            Edges = [.. block.Edges.Where(edge => Holds(edge.To)).Select(edge => edge with { From = edge.From - first, To = edge.To - first })],
            Conditional = [.. block.Conditional.Where(Holds).Select(task => task - first)],
        };
    }
}
