namespace Plimsoll.Plans.Rendering;

/// <summary>Where an attempt works.</summary>
public enum WorkspaceKind
{
    /// <summary>In the project folder, with everybody else.</summary>
    Shared = 0,

    /// <summary>In a fresh git worktree on its own branch.</summary>
    Worktree = 1,
}
