namespace Plimsoll.Client.Events;

/// <summary>A task will not run: a need did not succeed, or its condition was false.</summary>
public sealed record TaskSkippedView(
    DateTimeOffset At,
    int Run,
    string Task,
    int Index,
    string Reason) : RunEventView(At, Run);
