namespace Plimsoll.Client.Events;

/// <summary>Many tasks ended at once without an attempt; fewer are told one by one.</summary>
/// <param name="State"><c>cancelled</c> or <c>skipped</c>.</param>
public sealed record TasksEndedView(DateTimeOffset At, int Run, string State, int Count, string Reason) : RunEventView(At, Run);
