using System.Collections.Immutable;

namespace Plimsoll.Daemon.Gateways;

/// <summary>What an attempt is started with so that its program calls models through the gateway.</summary>
/// <param name="Variables">Set, unless the task sets them itself.</param>
/// <param name="Removed">Inherited variables that would lead past the gateway.</param>
/// <param name="Arguments">Added behind the program's subcommand.</param>
internal sealed record AttemptWiring(
    ImmutableArray<KeyValuePair<string, string>> Variables,
    ImmutableArray<string> Removed,
    ImmutableArray<string> Arguments)
{
    /// <summary>The variable that holds the attempt's key for programs that are told its name.</summary>
    public const string KeyVariable = "PLIMSOLL_GATEWAY_KEY";

    /// <summary>The command with the arguments in their place: options of a subcommand stand right behind it.</summary>
    public ImmutableArray<string> Apply(ImmutableArray<string> command) =>
        Arguments.IsEmpty || command.IsEmpty ? command : command.InsertRange(Math.Max(1, command.IndexOf("exec") + 1), Arguments);
}
