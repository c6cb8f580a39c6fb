namespace Plimsoll.Client.Events;

/// <summary>Ended tasks were put back and run again.</summary>
/// <param name="Tasks">Their numbers within the run; at most 64 of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record TasksRequeuedView(DateTimeOffset At, int Run, IReadOnlyList<int> Tasks, int Count, string Reason) : RunEventView(At, Run);
