namespace Plimsoll.Cli.Mapping;

/// <summary>A line of a job log.</summary>
/// <param name="ExitCode">0 when a signal ended the item.</param>
/// <param name="Signal">0 = none.</param>
internal sealed record JobLogEntry(
    long Sequence,
    DateTimeOffset StartedAt,
    double Seconds,
    long OutputBytes,
    int ExitCode,
    int Signal,
    string Command);
