using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Writes a configuration for this folder.</summary>
internal sealed class InitCommand : Verb
{
    private const string FileName = "plimsoll.yaml";

    private readonly Option<bool> _force = new("--force") { Description = $"Replace a {FileName} that is there" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    public InitCommand(CliContext context)
        : base("init", $"Write {FileName}: the agents found on the PATH, and every option with its default", context)
    {
        Add(_force);
        Add(_json);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll init", $"Write {FileName} here; it refuses to replace one"),
    ];

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Context.Folder, FileName);
        if (File.Exists(path) && !words.GetValue(_force))
            return Refuse(new Refusal(ExitCode.Invalid, $"{path} is already there", "--force replaces it"));

        IReadOnlyList<FoundAgentView> agents = Project.FindAgents();
        await File.WriteAllTextAsync(path, Project.SampleConfiguration(agents), cancellationToken);
        var written = new InitView(path, agents);
        if (words.GetValue(_json))
        {
            Out.WriteJson(written, PlimsollJsonContext.Default.InitView);
            return ExitCode.Success;
        }

        Out.WriteLine($"Wrote {path}.");
        foreach (FoundAgentView agent in agents)
            Out.WriteLine($"  found {Out.Paint(Ink.Strong, agent.Name)} at {ControlEscaper.Text(agent.Path)}");
        if (agents.Count == 0)
            Out.WriteLine("  No agent was found on the PATH; any command can be made one, see 'agents' in the file.");
        Out.WriteLine("Next: plimsoll doctor");
        return ExitCode.Success;
    }
}
