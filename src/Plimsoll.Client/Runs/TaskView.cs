namespace Plimsoll.Client.Runs;

/// <summary>A task as listings show it.</summary>
/// <param name="Task">Its number within the run, from 0.</param>
/// <param name="State"><c>waiting</c>, <c>ready</c>, <c>admitted</c>, <c>running</c>, <c>frozen</c>, <c>retrying</c>, <c>succeeded</c>, <c>failed</c>, <c>dead</c>, <c>cancelled</c> or <c>skipped</c>.</param>
/// <param name="Attempts">Attempts admitted so far.</param>
/// <param name="Reason">Why it stands there, when that is known.</param>
/// <param name="Usage">What it used of models; null when it used none.</param>
public sealed record TaskView(
    int Run,
    int Task,
    string Name,
    string Class,
    string State,
    int Priority,
    int Attempts,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Reason,
    ModelUsageView? Usage = null);
