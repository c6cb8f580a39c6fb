namespace Plimsoll.Client.Events;

/// <summary>A service starts nothing more (paused), or goes on.</summary>
public sealed record IntakeChangedView(DateTimeOffset At, int Run, bool Paused, string Reason) : RunEventView(At, Run);
