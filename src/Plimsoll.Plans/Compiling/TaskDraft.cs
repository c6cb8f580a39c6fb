using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>A task as written, with everything it inherits, before its matrix is expanded.</summary>
internal sealed class TaskDraft(TaskSettings settings)
{
    public TaskSettings Settings { get; } = settings;

    public TaskTemplate? Template { get; set; }

    /// <summary>How it reaches models; null when it does not use the gateway.</summary>
    public GatewayUse? Gateway { get; set; }

    /// <summary>Index of its first member in the block.</summary>
    public int First { get; set; }

    /// <summary>Number of tasks it expands to.</summary>
    public int Count { get; set; } = 1;

    public bool IsMatrix => Settings.Matrix is { Count: > 0 };

    /// <summary>Tasks whose outputs or outcome its texts mention, as written after <c>needs.</c>.</summary>
    public HashSet<string> Mentions { get; } = new(StringComparer.Ordinal);

    /// <summary>Of those, the ones that stand for other tasks in each member: <c>needs: ["review[{{file}}]"]</c>.</summary>
    public Dictionary<string, List<int>[]> Resolved { get; } = new(StringComparer.Ordinal);
}
