using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Limits;
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

    public ImmutableDictionary<string, LimitPolicy> Limits { get; set; } = ImmutableDictionary<string, LimitPolicy>.Empty;

    /// <summary>Values of the whole plan: top-level <c>params:</c>.</summary>
    public Dictionary<string, Node> Values { get; } = new(StringComparer.Ordinal);
}
