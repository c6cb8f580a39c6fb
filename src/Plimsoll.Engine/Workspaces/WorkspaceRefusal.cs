namespace Plimsoll.Engine.Workspaces;

/// <summary>Why something could not be done with a workspace, and what to do.</summary>
public readonly record struct WorkspaceRefusal(string Message);
