namespace Plimsoll.Client.Projects;

/// <summary>An agent found on the PATH.</summary>
public sealed record FoundAgentView(string Name, string Command, string Path);
