using Plimsoll.Cli.Hosting;

namespace Plimsoll.Cli.Commands;

/// <summary>A verb by name; its options are built only when it is invoked, which keeps start-up short.</summary>
internal sealed record VerbEntry(string Group, string Name, string Description, Func<CliContext, Verb> Create);
