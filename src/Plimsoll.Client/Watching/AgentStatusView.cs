namespace Plimsoll.Client.Watching;

/// <summary>What runs, by attempt and by class.</summary>
/// <param name="Attempts">Live ones, oldest first; at most 1,024.</param>
/// <param name="Classes">Classes of tasks and agents that ran since the service began.</param>
/// <param name="Agents">Agents in use, and whether they can be started.</param>
public sealed record AgentStatusView(IReadOnlyList<LiveAttemptView> Attempts, IReadOnlyList<ClassStatusView> Classes, IReadOnlyList<AgentAvailabilityView> Agents);
