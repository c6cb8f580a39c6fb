using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Prints the JSON Schema of plans, or of the configuration.</summary>
internal sealed class SchemaCommand : Verb
{
    private readonly Option<bool> _configuration = new("--configuration") { Description = "Of plimsoll.yaml instead of plans" };

    public SchemaCommand(CliContext context)
        : base("schema", "Print the JSON Schema of plans or of the configuration", context) => Add(_configuration);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll schema > plan.schema.json", "For an editor: '# yaml-language-server: $schema=plan.schema.json' on top of a plan"),
        new("plimsoll schema --configuration > plimsoll.schema.json", "The same for plimsoll.yaml"),
    ];

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        Out.WriteLine((words.GetValue(_configuration) ? Project.ConfigurationSchema() : Project.Schema()).TrimEnd());
        return Task.FromResult(ExitCode.Success);
    }
}
