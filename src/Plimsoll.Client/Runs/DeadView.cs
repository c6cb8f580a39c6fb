namespace Plimsoll.Client.Runs;

/// <summary>A dead letter: a task that ended badly with every retry used up, with its evidence.</summary>
public sealed record DeadView(
    int Run,
    string Task,
    string Class,
    int Attempts,
    string Outcome,
    int? ExitCode,
    int? Signal,
    DateTimeOffset? EndedAt,
    string? Reason,
    long PeakResidentBytes,
    string? StdoutPath,
    string? StderrPath)
{
    /// <summary>Run and number of the task, <c>12.345</c>; only a service tells it.</summary>
    public string? Id { get; init; }
}
