namespace Plimsoll.Client.Runs;

/// <summary>A task that did not succeed, and where to look.</summary>
/// <param name="LogPath">The output file most likely to say why.</param>
public sealed record FailureView(
    string Name,
    string Outcome,
    int? ExitCode,
    int? Signal,
    string? Reason,
    string? LogPath);
