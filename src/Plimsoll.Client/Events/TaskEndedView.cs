using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Events;

/// <summary>A task reached its end; no attempt follows.</summary>
/// <param name="Attempt">The last attempt; 0 = it was cancelled before any.</param>
/// <param name="State"><c>succeeded</c>, <c>failed</c>, <c>dead</c> or <c>cancelled</c>.</param>
/// <param name="ElapsedSeconds">Of the last attempt.</param>
/// <param name="Usage">What the last attempt used of models; null when it used none.</param>
public sealed record TaskEndedView(
    DateTimeOffset At,
    int Run,
    string Task,
    int Index,
    int Attempt,
    string State,
    string Outcome,
    int? ExitCode,
    int? Signal,
    double ElapsedSeconds,
    long PeakResidentBytes,
    string? StdoutPath,
    string? StderrPath,
    string? Reason,
    ModelUsageView? Usage = null) : RunEventView(At, Run);
