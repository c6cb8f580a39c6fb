namespace Plimsoll.Client.Events;

/// <summary>A run of a service got more tasks.</summary>
/// <param name="First">Number of the first of them within the run.</param>
/// <param name="Count">How many; their numbers follow each other.</param>
public sealed record TasksAddedView(DateTimeOffset At, int Run, int First, int Count) : RunEventView(At, Run);
