namespace Plimsoll.Client.Projects;

/// <summary>One task's branch in a merge.</summary>
/// <param name="Status"><c>merged</c>, <c>empty</c> (no changes), <c>conflict</c> or <c>skipped</c>.</param>
/// <param name="Conflicts">The files in conflict.</param>
public sealed record MergedTaskView(
    string Task,
    string Branch,
    string Status,
    string? Commit,
    IReadOnlyList<string> Conflicts,
    string? Reason);
