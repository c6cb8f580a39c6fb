using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Events;

/// <summary>A run was opened or resumed.</summary>
/// <param name="Tasks">Tasks known so far.</param>
/// <param name="Preflight">What the machine's memory carries; null = its memory is not known, or not judged.</param>
public sealed record RunStartedView(
    DateTimeOffset At,
    int Run,
    string Name,
    int Tasks,
    string StateFolder,
    bool Resumed,
    PreflightView? Preflight = null) : RunEventView(At, Run);
