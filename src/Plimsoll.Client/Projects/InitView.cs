namespace Plimsoll.Client.Projects;

/// <summary>What <c>init</c> wrote.</summary>
/// <param name="Agents">The agents it found, with their paths.</param>
public sealed record InitView(string File, IReadOnlyList<FoundAgentView> Agents);
