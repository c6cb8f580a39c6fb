using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Events;

/// <summary>An attempt ended and another one follows.</summary>
/// <param name="Attempt">The attempt that ended.</param>
/// <param name="BackoffSeconds">Until the next attempt may start.</param>
/// <param name="Usage">What the attempt used of models; null when it used none.</param>
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
    string? Reason,
    ModelUsageView? Usage = null) : RunEventView(At, Run);
