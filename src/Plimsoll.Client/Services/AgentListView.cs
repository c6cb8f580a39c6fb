namespace Plimsoll.Client.Services;

/// <summary>The configured agents and those Plimsoll knows, by name.</summary>
public sealed record AgentListView(IReadOnlyList<AgentStateView> Agents);
