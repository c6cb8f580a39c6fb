using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Prints the JSON Schema of plans.</summary>
internal sealed class SchemaCommand(CliContext context) : Verb("schema", "Print the JSON Schema of plans", context)
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll schema > plan.schema.json", "For an editor: '# yaml-language-server: $schema=plan.schema.json' on top of a plan"),
    ];

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        Out.WriteLine(Project.Schema().TrimEnd());
        return Task.FromResult(ExitCode.Success);
    }
}
