using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Hosting;

/// <summary>What a verb has to do with the world outside: output, input, environment, clock, working folder.</summary>
internal sealed record CliContext(
    OutputTarget Out,
    OutputTarget Error,
    Func<Stream> OpenInput,
    Func<string, string?> Variable,
    TimeProvider Time,
    string Folder);
