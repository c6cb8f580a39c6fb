namespace Plimsoll.Client.Runs;

/// <summary>One attempt of a task with its evidence.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Outcome">Null while it is alive; otherwise <c>succeeded</c>, <c>failed</c>, <c>timed_out</c>, <c>out_of_memory</c>, <c>evicted</c>, <c>lost</c>, <c>start_failed</c> or <c>cancelled</c>.</param>
/// <param name="StdoutPath">Where its standard output is kept; null once it was cleaned away.</param>
/// <param name="Memory">What it held; of a live one so far, told by the service that runs it; null when it was too short to be measured.</param>
/// <param name="Usage">What it used of models; null when it used none.</param>
public sealed record AttemptView(
    int Run,
    string Task,
    int Number,
    string? Outcome,
    int? ExitCode,
    int? Signal,
    DateTimeOffset AdmittedAt,
    DateTimeOffset? EndedAt,
    long PeakResidentBytes,
    double CpuSeconds,
    string? StdoutPath,
    string? StderrPath,
    string? Reason,
    FootprintView? Memory = null,
    ModelUsageView? Usage = null);
