using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Joins the blocks of runs to one, with all of their tasks or some.</summary>
/// <param name="nameRuns">Names become <c>7/build</c>.</param>
internal sealed class BlockMerge(bool nameRuns)
{
    private readonly Utf8Arena names = new();
    private readonly List<TaskShape> shapes = [];
    private readonly List<TaskPolicy> policies = [];
    private readonly List<int> shapeOf = [];
    private readonly List<int> policyOf = [];
    private readonly List<int> priority = [];
    private readonly List<TaskEdge> edges = [];
    private readonly List<int> conditional = [];
    private readonly List<TaskId> tasks = [];

    /// <summary>The tasks that were taken, in order.</summary>
    public IReadOnlyList<TaskId> Tasks => tasks;

    /// <param name="wanted">Edges from tasks that are not wanted are dropped with them.</param>
    public void Add(TasksAdded added, Func<TaskId, bool> wanted)
    {
        TaskBlock block = added.Block;
        (int firstShape, int firstPolicy) = (shapes.Count, policies.Count);
        shapes.AddRange(block.Shapes);
        policies.AddRange(block.Policies);
        int[] places = new int[block.Count];
        for (int i = 0; i < block.Count; i++)
        {
            var task = new TaskId(added.Run, added.FirstOrdinal + i);
            places[i] = wanted(task) ? tasks.Count : -1;
            if (places[i] >= 0)
            {
                tasks.Add(task);
                names.Add(nameRuns ? string.Create(CultureInfo.InvariantCulture, $"{added.Run.Value}/{block.Names[i]}") : block.Names[i]);
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
