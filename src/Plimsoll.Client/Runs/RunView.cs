namespace Plimsoll.Client.Runs;

/// <summary>A run as listings show it.</summary>
/// <param name="State"><c>open</c> (accepts tasks), <c>running</c>, <c>finished</c>, <c>cancelled</c> or <c>interrupted</c> (unfinished, and no process works on it).</param>
/// <param name="Usage">What it used of models; null when it used none.</param>
public sealed record RunView(
    int Run,
    string Name,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? FinishedAt,
    TaskCountsView Counts,
    double WallSeconds,
    ModelUsageView? Usage = null);
