namespace Plimsoll.Cli.Parsing;

/// <summary>What is wrong with a command line, and what to type instead.</summary>
internal sealed record UsageError(string Message, string? Cure);
