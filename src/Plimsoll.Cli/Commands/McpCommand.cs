using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Running;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary><c>plimsoll mcp</c>: a bridge from an agent's standard streams to a service.</summary>
internal sealed class McpCommand : ProjectVerb
{
    private readonly Option<string?> _server = new("--server") { Description = "URL of the service (default: PLIMSOLL_URL, else the socket of the state folder)", HelpName = "URL" };

    public McpCommand(CliContext context)
        : base("mcp", "Let an agent use a service: the Model Context Protocol on standard input and output", context)
    {
        Add(_server);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("claude mcp add plimsoll -- plimsoll mcp", "Claude Code, in a project with a running `plimsoll serve`"),
        new("plimsoll mcp --server http://127.0.0.1:8000", "A service elsewhere; its token in PLIMSOLL_TOKEN"),
    ];

    public override string Remarks =>
        "Tools: submit_task, submit_plan, wait, cancel, status, why, logs, lease_memory, lease_lock, lease_status, release_lease, send_message, read_messages. "
        + "Inside a task of a service PLIMSOLL_URL and PLIMSOLL_TOKEN are set, and the agent sees what it has submitted itself.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            || !project.Knock(words.GetValue(_server)).TryGet(out ServiceDoor? door, out refusal))
        {
            return Refuse(refusal);
        }

        using (door)
        using (var signals = new StopSignals())
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken))
        {
            await using Stream input = Context.OpenInput();
            try
            {
                await door.RunMcpAsync(ProductVersion.Text, input, Out.Raw, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Told to stop.
            }

            return signals.Code ?? ExitCode.Success;
        }
    }
}
