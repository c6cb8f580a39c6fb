namespace Plimsoll.Client.Events;

/// <summary>Every task of a run of a service has ended.</summary>
public sealed record RunEndedView(DateTimeOffset At, int Run) : RunEventView(At, Run);
