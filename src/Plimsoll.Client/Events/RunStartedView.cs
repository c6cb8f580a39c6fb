namespace Plimsoll.Client.Events;

/// <summary>A run was opened or resumed.</summary>
/// <param name="Tasks">Tasks known so far.</param>
public sealed record RunStartedView(
    DateTimeOffset At,
    int Run,
    string Name,
    int Tasks,
    string StateFolder,
    bool Resumed) : RunEventView(At, Run);
