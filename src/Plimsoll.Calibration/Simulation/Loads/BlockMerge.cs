using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Joins the blocks of a run to one, with all of their tasks or some.</summary>
internal sealed class BlockMerge
{
    private readonly Utf8Arena names = new();
    private readonly List<TaskShape> shapes = [];
    private readonly List<TaskPolicy> policies = [];
    private readonly List<int> shapeOf = [];
    private readonly List<int> policyOf = [];
    private readonly List<int> priority = [];
    private readonly List<TaskEdge> edges = [];
    private readonly List<int> conditional = [];
    private readonly List<int> ordinals = [];

    /// <summary>Ordinals in the run of the tasks that were taken, in order.</summary>
    public IReadOnlyList<int> Ordinals => ordinals;

    /// <param name="first">Ordinal of the block's first task.</param>
    /// <param name="wanted">By ordinal; edges from tasks that are not wanted are dropped with them.</param>
    public void Add(TaskBlock block, int first, Func<int, bool> wanted)
    {
        (int firstShape, int firstPolicy) = (shapes.Count, policies.Count);
        shapes.AddRange(block.Shapes);
        policies.AddRange(block.Policies);
        int[] places = new int[block.Count];
        for (int i = 0; i < block.Count; i++)
        {
            places[i] = wanted(first + i) ? ordinals.Count : -1;
            if (places[i] >= 0)
            {
                ordinals.Add(first + i);
                names.Add(block.Names[i]);
                shapeOf.Add(firstShape + block.ShapeOf[i]);
                policyOf.Add(firstPolicy + block.PolicyOf[i]);
                priority.Add(block.Priority[i]);
            }
        }

        edges.AddRange(block.Edges.Where(edge => places[edge.From] >= 0 && places[edge.To] >= 0)
            .Select(edge => edge with { From = places[edge.From], To = places[edge.To] }));
        conditional.AddRange(block.Conditional.Where(task => places[task] >= 0).Select(task => places[task]));
    }

    /// <param name="seconds">Per task that was taken.</param>
    public TaskBlock Build(float[] seconds) => new()
    {
        Names = names,
        Shapes = [.. shapes],
        Policies = [.. policies],
        ShapeOf = [.. shapeOf],
        PolicyOf = [.. policyOf],
        Priority = [.. priority],
        Rank = CriticalPath.Rank(seconds.Length, edges.ToArray(), seconds),
        Edges = [.. edges],
        Conditional = [.. conditional],
    };

    public TaskShape ShapeAt(int place) => shapes[shapeOf[place]];
}
