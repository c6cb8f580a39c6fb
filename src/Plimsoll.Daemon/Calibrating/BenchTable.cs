namespace Plimsoll.Daemon.Calibrating;

/// <summary>Rows of a report as people read them, for the terminal and for Markdown.</summary>
/// <param name="Lines">What stands before the rows.</param>
/// <param name="Columns">Heads of the columns; the first is text, the others are numbers.</param>
public sealed record BenchTable(IReadOnlyList<string> Lines, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
