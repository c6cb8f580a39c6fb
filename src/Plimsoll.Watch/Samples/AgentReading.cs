namespace Plimsoll.Watch.Samples;

/// <summary>Whether an agent can be started.</summary>
/// <param name="Problem">Why not; null when it can.</param>
public sealed record AgentReading(string Name, string? Problem);
