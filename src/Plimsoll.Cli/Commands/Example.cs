namespace Plimsoll.Cli.Commands;

/// <summary>A command line shown by <c>--help</c>, and what it does.</summary>
internal sealed record Example(string Line, string Meaning);
