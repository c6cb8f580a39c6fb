namespace Plimsoll.Client.Watching;

/// <summary>A configured agent.</summary>
/// <param name="Problem">Why it cannot be started; null when it can.</param>
public sealed record AgentAvailabilityView(string Name, string State, string? Problem);
