using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Writes a block of tasks by hand.</summary>
internal sealed class BlockBuilder
{
    private readonly Utf8Arena names = new();
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly List<TaskShape> shapes = [];
    private readonly List<TaskPolicy> policies = [];
    private readonly List<int> shapeOf = [];
    private readonly List<int> policyOf = [];
    private readonly List<int> priority = [];
    private readonly List<float> seconds = [];
    private readonly List<TaskEdge> edges = [];
    private readonly List<int> conditional = [];

    public static RunDocument Document { get; } = new(ReadOnlyMemory<byte>.Empty, [], []);

    public static TaskShape Shape(string name = "c", long? memory = null, double cpu = 0, bool exclusive = false, params LockClaim[] locks) =>
        new(name, [.. locks], cpu, memory is { } bytes ? new Bytes(bytes) : null, exclusive);

    public static LockClaim Exclusive(string name) => new(name, LockMode.Exclusive, 1);

    public static LockClaim Shared(string name) => new(name, LockMode.Shared, 1);

    public static LockClaim Units(string name, int units) => new(name, LockMode.Counted, units);

    public static LockClaim Drawn(string limit, int units = 1) => new(limit, LockMode.Drawn, units);

    public static LockClaim Fed(string provider) => new(provider, LockMode.Fed, 1);

    public static TaskPolicy Retrying(int retries, TimeSpan? timeout = null, BreakerPolicy? breaker = null) =>
        new(new RetryPolicy(retries, BackoffPolicy.Default, [], []), timeout, TaskPolicy.DefaultGrace, breaker);

    /// <summary>Adds a task; a need that begins with <c>~</c> is a soft edge.</summary>
    public BlockBuilder Task(
        string name,
        TaskShape? shape = null,
        string[]? needs = null,
        int priority = 0,
        float seconds = 1,
        TaskPolicy? policy = null,
        bool when = false)
    {
        int index = shapeOf.Count;
        names.Add(name);
        indices.Add(name, index);
        shapeOf.Add(IndexOf(shapes, shape ?? Shape()));
        policyOf.Add(IndexOf(policies, policy ?? TaskPolicy.Default));
        this.priority.Add(priority);
        this.seconds.Add(seconds);
        foreach (string need in needs ?? [])
        {
            bool soft = need.StartsWith('~');
            edges.Add(new TaskEdge(indices[need.TrimStart('~')], index, soft));
        }

        if (when)
        {
            conditional.Add(index);
        }

        return this;
    }

    public TaskBlock Build() => new()
    {
        Names = names,
        Shapes = [.. shapes],
        Policies = [.. policies],
        ShapeOf = [.. shapeOf],
        PolicyOf = [.. policyOf],
        Priority = [.. priority],
        Rank = CriticalPath.Rank(shapeOf.Count, edges.ToArray(), seconds.ToArray()),
        Edges = [.. edges],
        Conditional = [.. conditional],
    };

    private static int IndexOf<T>(List<T> items, T item)
    {
        int index = items.IndexOf(item);
        if (index < 0)
        {
            index = items.Count;
            items.Add(item);
        }

        return index;
    }
}
