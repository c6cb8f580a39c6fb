namespace Plimsoll.Client.Events;

/// <summary>A task got another priority.</summary>
/// <param name="Index">The task's number within the run, from 0.</param>
public sealed record PriorityChangedView(DateTimeOffset At, int Run, string Task, int Index, int Priority) : RunEventView(At, Run);
