namespace Plimsoll.Daemon.Requests;

/// <summary>What to clean away.</summary>
/// <param name="DryRun">Only say what would go.</param>
/// <param name="OlderThan">Null = as configured (30 days).</param>
/// <param name="KeepBytes">Null = as configured (10 GB).</param>
/// <param name="Force">Also worktrees with uncommitted changes and evidence of dead tasks.</param>
public sealed record CleanRequest(bool DryRun, TimeSpan? OlderThan, long? KeepBytes, bool Force);
