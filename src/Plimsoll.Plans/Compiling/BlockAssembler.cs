using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Plans.Compiling;

/// <summary>Collects tasks into the arrays of a block, keeping each distinct shape and policy once.</summary>
internal sealed class BlockAssembler(int count)
{
    private readonly List<TaskShape> shapes = [];
    private readonly List<TaskPolicy> policies = [];
    private readonly Dictionary<TaskShape, int> shapeIndex = [];
    private readonly Dictionary<string, int> policyIndex = new(StringComparer.Ordinal);
    private readonly List<int> conditional = [];
    private readonly int[] shapeOf = new int[count];
    private readonly int[] policyOf = new int[count];
    private readonly int[] priority = new int[count];
    private readonly float[] seconds = new float[count];

    /// <summary>Expected duration of each task; read when ranks are computed.</summary>
    public ReadOnlySpan<float> Seconds => seconds;

    public int Shape(TaskShape shape)
    {
        if (!shapeIndex.TryGetValue(shape, out int index))
        {
            index = shapes.Count;
            shapes.Add(shape);
            shapeIndex.Add(shape, index);
        }

        return index;
    }

    public int Policy(TaskPolicy policy)
    {
        string key = string.Create(
            CultureInfo.InvariantCulture,
            $"{policy.Retry.Retries}|{policy.Retry.Backoff}|{string.Join(',', policy.Retry.Outcomes)}|{string.Join(',', policy.Retry.ExitCodes)}|{policy.Timeout}|{policy.Grace}|{policy.Breaker}");
        if (!policyIndex.TryGetValue(key, out int index))
        {
            index = policies.Count;
            policies.Add(policy);
            policyIndex.Add(key, index);
        }

        return index;
    }

    /// <summary>Sets one task; tasks are set in ascending order.</summary>
    public void Set(int task, int shape, int policy, int taskPriority, float expectedSeconds, bool isConditional)
    {
        shapeOf[task] = shape;
        policyOf[task] = policy;
        priority[task] = taskPriority;
        seconds[task] = expectedSeconds;
        if (isConditional)
        {
            conditional.Add(task);
        }
    }

    public TaskBlock Build(Utf8Arena names, TaskEdge[] edges, float[] rank) => new()
    {
        Names = names,
        Shapes = [.. shapes],
        Policies = [.. policies],
        ShapeOf = shapeOf,
        PolicyOf = policyOf,
        Priority = priority,
        Rank = rank,
        Edges = edges,
        Conditional = [.. conditional],
    };
}
