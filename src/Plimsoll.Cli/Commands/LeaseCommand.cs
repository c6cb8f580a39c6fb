using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary><c>plimsoll lease</c>: runs a command while it holds memory, cores or locks of a service.</summary>
internal sealed class LeaseCommand : ProjectVerb
{
    private readonly Option<string?> _memory = new("--memory") { Description = "Memory to hold, e.g. 4G", HelpName = "SIZE" };
    private readonly Option<double?> _cpu = new("--cpu") { Description = "Cores to hold", HelpName = "N" };
    private readonly Option<string[]> _locks = new("--lock") { Description = "Named lock to hold; NAME=shared, or NAME=2 for units of a counted one; may be repeated", HelpName = "NAME" };
    private readonly Option<string?> _wait = new("--wait") { Description = "Give up when it is not granted within this time (default: wait as long as it takes)", HelpName = "TIME" };
    private readonly Option<string?> _server = new("--server") { Description = "URL of the service (default: PLIMSOLL_URL, else the socket of the state folder)", HelpName = "URL" };
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "Command with its arguments, after --", Arity = ArgumentArity.ZeroOrMore };

    public LeaseCommand(CliContext context)
        : base("lease", "Run a command while it holds memory, cores or locks of a service", context)
    {
        Add(_memory);
        Add(_cpu);
        Add(_locks);
        Add(_wait);
        Add(_server);
        AddProjectOptions();
        Add(_command);
    }

    public override bool CommandFollows => true;

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll lease --memory 4G -- pytest -n auto", "Starts when 4 GiB are set aside for it"),
        new("plimsoll lease --lock db -- ./migrate.sh", "Nobody else holds the lock db meanwhile"),
    ];

    public override string Remarks =>
        "The exit code is that of the command. The lease ends with this process, however that ends; inside a task of a service it adds to what the task holds and ends with it.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_command) is not { Length: > 0 } command)
            return Refuse(new Refusal(ExitCode.Invalid, "lease needs a command", "Write it after --, for example plimsoll lease --memory 4G -- make test"));
        if (words.GetValue(_memory) is null && words.GetValue(_cpu) is null && words.GetValue(_locks) is not { Length: > 0 })
            return Refuse(new Refusal(ExitCode.Invalid, "a lease that holds nothing is of no use", "Add --memory, --cpu or --lock."));

        TimeSpan? patience = null;
        if (words.GetValue(_wait) is { } wait)
        {
            if (!Quantity.TryDuration(wait, out TimeSpan time))
                return Refuse(new Refusal(ExitCode.Invalid, $"--wait takes a time, found '{wait}'", "for example 90s, 10m or 1h30m"));
            patience = time;
        }

        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            || !project.Knock(words.GetValue(_server)).TryGet(out ServiceDoor? door, out refusal))
        {
            return Refuse(refusal);
        }

        using (door)
        using (var signals = new StopSignals())
        {
            var request = new LeaseRequest(words.GetValue(_memory), words.GetValue(_cpu), words.GetValue(_locks) ?? [], string.Join(' ', command), patience);
            HeldLease? held;
            try
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
                if (!(await door.LeaseAsync(request, Waiting(), stop.Token)).TryGet(out held, out refusal))
                    return Refuse(refusal);
            }
            catch (OperationCanceledException)
            {
                return signals.Code ?? ExitCode.Interrupted;
            }

            await using (held)
                return await new ForegroundCommand(command, Context).RunAsync(signals);
        }
    }

    private Action<string> Waiting()
    {
        string? last = null;
        return reason =>
        {
            if (reason != last)
            {
                Context.Error.WriteLine($"plimsoll: waiting for the lease: {ControlEscaper.Text(reason)}");
                Context.Error.Flush();
            }

            last = reason;
        };
    }
}
