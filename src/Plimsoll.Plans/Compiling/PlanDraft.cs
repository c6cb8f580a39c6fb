using Plimsoll.Core.Admission;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Compiling;

/// <summary>A plan as written.</summary>
internal sealed class PlanDraft
{
    public required string Name { get; set; }

    public List<TaskDraft> Tasks { get; } = [];

    public Dictionary<string, TaskDraft> ById { get; } = new(StringComparer.Ordinal);

    public ConcurrencyPolicy? Concurrency { get; set; }

    public Dictionary<string, int> LockUnits { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Values of the whole plan: top-level <c>params:</c>.</summary>
    public Dictionary<string, Node> Values { get; } = new(StringComparer.Ordinal);
}
