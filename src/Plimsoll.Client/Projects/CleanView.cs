namespace Plimsoll.Client.Projects;

/// <summary>What <c>clean</c> removed, or would remove.</summary>
/// <param name="Kept">What it left although it is old, with the reason.</param>
public sealed record CleanView(
    bool DryRun,
    int Runs,
    int Tasks,
    int Files,
    int Worktrees,
    int Events,
    long FreedBytes,
    IReadOnlyList<string> Kept);
