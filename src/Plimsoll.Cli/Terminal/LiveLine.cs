namespace Plimsoll.Cli.Terminal;

/// <summary>A line with its colours, and how many columns it takes.</summary>
internal readonly record struct LiveLine(string Painted, int Columns);
