using System.Text.Json;

namespace Plimsoll.Client.Services;

/// <summary>A plan to run.</summary>
/// <param name="Plan">Its text (YAML or JSON), or the plan itself as an object.</param>
/// <param name="Format"><c>yaml</c> or <c>json</c>; null = found out.</param>
/// <param name="Name">For messages and listings, when the plan has no name of its own; null = <c>plan</c>.</param>
/// <param name="Params">Values of its parameters.</param>
/// <param name="Force">Accept it although the work tree has changes its worktrees would not see.</param>
public sealed record PlanSubmissionView(JsonElement Plan, string? Format, string? Name, IReadOnlyDictionary<string, string>? Params, bool Force);
