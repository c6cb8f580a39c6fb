using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Client.Gateways;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Runs the gateway alone until it is told to stop.</summary>
internal sealed class GatewayCommand : ProjectVerb
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Option<int?> _port = new("--port") { Description = "Loopback port, another than gateway.port; 0 takes a free one", HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: a line when it listens, one at the end (docs/cli.md shows them)" };

    public GatewayCommand(CliContext context)
        : base("gateway", "Run the gateway alone, for programs that are no tasks, until it is told to stop", context)
    {
        Add(_port);
        Add(_json);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll gateway --port 8787", "With the providers and gateway.keys of plimsoll.yaml"),
        new("plimsoll gateway --json", "For scripts: the first line says where it listens"),
    ];

    public override string Remarks =>
        "Ctrl-C or SIGTERM once: what is under way gets 30 s (stop.drain) to end. Twice: at once. It listens on this machine only, and answers nobody without a key of gateway.keys.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_port) is < 0 or > 65_535)
            return Refuse(new Refusal(ExitCode.Invalid, $"--port takes a number from 0 to 65535, found '{words.GetValue(_port)}'"));
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal))
            return Refuse(refusal);

        using var signals = new StopSignals();
        Outcome<GatewaySession> started = await project.StartGatewayAsync(words.GetValue(_port), Notice, cancellationToken);
        if (!started.TryGet(out GatewaySession? session, out refusal))
            return Refuse(refusal);

        await using (session)
        {
            bool json = words.GetValue(_json);
            Say(session.Ready, json);
            await UntilStoppedAsync(signals, session, project.StopPatience, cancellationToken);
            if (json)
                Out.WriteJson(session.Report, PlimsollJsonContext.Default.GatewayReportView);
            else
                GatewayPage.Write(Out, session.Report);
            return signals.Code ?? ExitCode.Success;
        }
    }

    private async Task UntilStoppedAsync(StopSignals signals, GatewaySession session, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Context.Time, stop.Token);
        }
        catch (OperationCanceledException)
        {
            Notice("no more than what is under way is waited for; once more ends it at once");
        }

        using var insist = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task drain = session.DrainAsync(patience, insist.Token);
        while (!drain.IsCompleted && signals.Count < 2)
            await Task.WhenAny(drain, Task.Delay(Look, Context.Time, CancellationToken.None));
        await insist.CancelAsync();
        await drain;
    }

    private void Say(GatewayReadyView ready, bool json)
    {
        if (json)
            Out.WriteJson(ready, PlimsollJsonContext.Default.GatewayReadyView);
        else
            Out.WriteLine($"Gateway at {ready.Url} for {string.Join(", ", ready.Providers)}; keys: {string.Join(", ", ready.Keys)}; Ctrl-C ends it");
        Out.Flush();
    }

    private void Notice(string message)
    {
        Context.Error.WriteLine($"plimsoll: {ControlEscaper.Text(message)}");
        Context.Error.Flush();
    }
}
