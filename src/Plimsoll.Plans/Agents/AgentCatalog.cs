using System.Collections.Immutable;

namespace Plimsoll.Plans.Agents;

/// <summary>The agents Plimsoll knows without configuration.</summary>
public static class AgentCatalog
{
    public static ImmutableDictionary<string, AgentAdapter> BuiltIn { get; } = ImmutableDictionary<string, AgentAdapter>.Empty;
}
