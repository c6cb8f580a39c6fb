namespace Plimsoll.Engine.Workspaces;

/// <summary>What a branch changed since it left its base.</summary>
/// <param name="Patch">As <c>git diff</c> prints it; binary files as such.</param>
public sealed record BranchDiff(string BaseCommit, int Files, int Insertions, int Deletions, string Patch);
