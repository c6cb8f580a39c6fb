namespace Plimsoll.Client.Events;

/// <summary>A run was cancelled as a whole; its tasks end one by one.</summary>
public sealed record RunCancelledView(DateTimeOffset At, int Run, string Reason) : RunEventView(At, Run);
