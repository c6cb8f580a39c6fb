namespace Plimsoll.Cli.Logs;

/// <summary>Which part of an attempt's output is meant.</summary>
/// <param name="TailLines">Only so many lines from the end; null = all.</param>
internal sealed record LogSelection(bool Stdout, bool Stderr, int? TailLines);
