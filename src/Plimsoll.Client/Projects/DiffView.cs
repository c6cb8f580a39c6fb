namespace Plimsoll.Client.Projects;

/// <summary>The changes a task made in its worktree.</summary>
/// <param name="Patch">As <c>git diff</c> prints it.</param>
public sealed record DiffView(
    int Run,
    string Task,
    string Branch,
    string BaseCommit,
    int Files,
    int Insertions,
    int Deletions,
    string Patch);
