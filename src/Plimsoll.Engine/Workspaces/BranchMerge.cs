namespace Plimsoll.Engine.Workspaces;

/// <summary>What merging one branch came to.</summary>
/// <param name="Commit">The merge commit; null when nothing was merged.</param>
/// <param name="Conflicts">Files in conflict; the merge was taken back then.</param>
/// <param name="Reason">Why nothing was merged, when that is not a conflict; null otherwise.</param>
public sealed record BranchMerge(string? Commit, IReadOnlyList<string> Conflicts, string? Reason);
