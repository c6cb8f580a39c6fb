using Plimsoll.Plans.WfCommons;

namespace Plimsoll.Plans;

/// <summary>The text of a plan and how to read it.</summary>
/// <param name="File">Name used in diagnostics.</param>
/// <param name="WfCommons">How a recorded workflow is replayed; used by that format only, null = unscaled burns.</param>
public sealed record PlanSource(string File, string Text, PlanFormat Format = PlanFormat.Yaml, WfCommonsOptions? WfCommons = null)
{
    /// <summary>Values given on the command line for the plan's parameters, by name; plain text wherever they are inserted.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;
}
