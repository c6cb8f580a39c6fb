using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>Tasks, nodes and limits of one seed.</summary>
/// <remarks>
/// Every seed has tasks that want one lock, tasks of which two are too large for a node, and one whose first attempt fails: so a kernel that
/// grants a lock twice, forgets a reservation or loses a retry is found out by any seed.
/// </remarks>
internal sealed class FaultScenario
{
    private const int NodeUnits = 20;
    private const int LargeUnits = (NodeUnits / 2) + 1;
    private const string CertainLock = "certain";
    private readonly Random random;
    private readonly List<TaskShape> shapes = [];
    private readonly List<TaskPolicy> policies = [];
    private readonly List<TaskEdge> edges = [];
    private readonly List<int> priority = [];
    private readonly List<float> seconds = [];
    private readonly List<int> conditional = [];
    private readonly HashSet<int> failFirst = [];
    private readonly Utf8Arena names = new();

    public FaultScenario(int seed)
    {
        random = new Random(seed);
        int nodes = random.Next(1, 5);
        Nodes = [.. Enumerable.Range(0, nodes).Select(number => new NodeCapacity(new Bytes(number == 0 ? NodeUnits : random.Next(LargeUnits, NodeUnits + 1)), random.Next(2) == 0 ? null : random.Next(4, 9)) { Labels = number == 0 ? ["first"] : [] })];
        Limits = new KernelLimits(
            new FixedConcurrency(random.Next(3, 7), false, null, TimeSpan.FromSeconds(3)),
            Nodes[0],
            null,
            ImmutableDictionary<string, int>.Empty.Add("gpu", 3))
        {
            Placement = (PlacementStrategy)random.Next(5),
            Services = ImmutableDictionary<string, LimitPolicy>.Empty.Add("window", new LimitPolicy(new Rate(random.Next(2, 5), TimeSpan.FromSeconds(random.Next(1, 5))), null)),
        };
        Block = Make(nodes);
    }

    public ImmutableArray<NodeCapacity> Nodes { get; }

    public KernelLimits Limits { get; }

    public TaskBlock Block { get; }

    /// <summary>Tasks whose first attempt fails for certain and whose second succeeds.</summary>
    public IReadOnlySet<int> FailFirst => failFirst;

    private TaskBlock Make(int nodes)
    {
        for (int i = 0; i < 3; i++)
        {
            Add(new TaskShape("locked", [new LockClaim(CertainLock, LockMode.Exclusive, 1)], 0, null, false), Policy(3) with { Breaker = null });
        }

        for (int i = 0; i < (2 * nodes) + 1; i++)
        {
            Add(new TaskShape("large", [], 0, new Bytes(LargeUnits), false), Policy(3) with { Breaker = null });
        }

        failFirst.Add(Add(new TaskShape("again", [], 0, null, false), new TaskPolicy(new RetryPolicy(5, BackoffPolicy.Default, [], []), null, TimeSpan.FromSeconds(1), null)));
        for (int i = random.Next(4, 20); i > 0; i--)
        {
            int task = Add(Shape(), Policy(random.Next(0, 4)));
            for (int need = Math.Max(0, task - 6); need < task; need++)
            {
                if (random.Next(5) == 0 && !failFirst.Contains(need))
                {
                    edges.Add(new TaskEdge(need, task, random.Next(3) == 0));
                }
            }

            if (random.Next(6) == 0)
            {
                conditional.Add(task);
            }
        }

        return new TaskBlock
        {
            Names = names,
            Shapes = [.. shapes],
            Policies = [.. policies],
            ShapeOf = [.. Enumerable.Range(0, shapes.Count)],
            PolicyOf = [.. Enumerable.Range(0, shapes.Count)],
            Priority = [.. priority],
            Rank = CriticalPath.Rank(shapes.Count, edges.ToArray(), seconds.ToArray()),
            Edges = [.. edges],
            Conditional = [.. conditional],
        };
    }

    private int Add(TaskShape shape, TaskPolicy policy)
    {
        names.Add($"t{shapes.Count}");
        shapes.Add(shape);
        policies.Add(policy);
        priority.Add(shape.Class switch { "locked" => 10, "large" => 9, _ => random.Next(3) });
        seconds.Add(random.Next(1, 9));
        return shapes.Count - 1;
    }

    private TaskShape Shape()
    {
        LockClaim[] locks = [.. new[]
        {
            new LockClaim("db", random.Next(2) == 0 ? LockMode.Exclusive : LockMode.Shared, 1),
            new LockClaim("gpu", LockMode.Counted, random.Next(1, 4)),
            new LockClaim("window", LockMode.Drawn, random.Next(1, 3)),
        }.Where(_ => random.Next(4) == 0)];
        Bytes? memory = random.Next(3) == 0 ? null : new Bytes(random.Next(0, NodeUnits - 1));
        return new TaskShape($"class{random.Next(4)}", [.. locks], random.Next(4), memory, random.Next(15) == 0) { Requires = random.Next(8) == 0 ? ["first"] : [] };
    }

    private TaskPolicy Policy(int retries) => new(
        new RetryPolicy(retries, BackoffPolicy.Default, [], []), TimeSpan.FromSeconds(random.Next(9, 20)), TimeSpan.FromSeconds(1),
        random.Next(4) == 0 ? new BreakerPolicy(3, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)) : null);
}
