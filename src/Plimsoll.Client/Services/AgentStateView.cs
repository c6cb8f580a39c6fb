namespace Plimsoll.Client.Services;

/// <summary>An agent that tasks can be given to.</summary>
/// <param name="State"><c>idle</c>, <c>busy</c>, <c>stuck</c> or <c>unavailable</c>.</param>
/// <param name="Reason">Why it is stuck or unavailable.</param>
/// <param name="Class">Footprint class of its tasks.</param>
/// <param name="MaxConcurrent">How many of its tasks may run at once; null = no limit of its own.</param>
/// <param name="Ready">Tasks of its class that could run and do not.</param>
/// <param name="Current">Its live tasks, oldest first.</param>
public sealed record AgentStateView(
    string Name,
    string State,
    string? Reason,
    IReadOnlyList<string> Capabilities,
    string Class,
    string Program,
    string? Model,
    int? MaxConcurrent,
    long Ready,
    BreakerView Breaker,
    IReadOnlyList<AgentTaskView> Current);
