namespace Plimsoll.Daemon.Calibrating;

/// <summary>A report, how people read it, and the file it is in.</summary>
/// <param name="File">Null = it was not written.</param>
public sealed record Written<T>(T Report, IReadOnlyList<BenchTable> Tables, string? File);
