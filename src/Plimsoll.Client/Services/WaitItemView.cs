namespace Plimsoll.Client.Services;

/// <summary>A task or run that somebody waited for.</summary>
/// <param name="Id">A task, <c>12.345</c>, or a run, <c>12</c>.</param>
/// <param name="State">State of the task; of a run <c>running</c>, <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it ended so, or stands there.</param>
/// <param name="Outputs">What a task that succeeded wrote to <c>$PLIMSOLL_OUTPUT</c>.</param>
public sealed record WaitItemView(string Id, string? Name, string State, bool Ended, string? Reason, IReadOnlyDictionary<string, string>? Outputs);
