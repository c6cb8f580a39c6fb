namespace Plimsoll.Client.Events;

/// <summary>A service opened a run; its tasks follow.</summary>
public sealed record RunOpenedView(DateTimeOffset At, int Run, string Name) : RunEventView(At, Run);
