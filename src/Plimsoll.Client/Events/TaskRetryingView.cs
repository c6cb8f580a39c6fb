namespace Plimsoll.Client.Events;

/// <summary>An attempt ended and another one follows.</summary>
/// <param name="Attempt">The attempt that ended.</param>
/// <param name="BackoffSeconds">Until the next attempt may start.</param>
public sealed record TaskRetryingView(
    DateTimeOffset At,
    int Run,
    string Task,
    int Index,
    int Attempt,
    string Outcome,
    int? ExitCode,
    int? Signal,
    double ElapsedSeconds,
    double BackoffSeconds,
    string? StderrPath,
    string? Reason) : RunEventView(At, Run);
