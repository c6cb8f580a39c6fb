using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Plans;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching.Logs;

namespace Plimsoll.Cli.Commands;

/// <summary><c>plimsoll serve</c>: the durable service.</summary>
internal sealed class ServeCommand : ProjectVerb
{
    private const string DefaultListen = "127.0.0.1:8000";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = $"Address to listen on (default: {DefaultListen}); port 0 takes a free one, none listens on the Unix socket alone; may be repeated",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _most = new("--max-concurrent", "-j") { Description = "Tasks at once: auto, or a number from 1 to 1024", HelpName = "N" };
    private readonly Option<bool> _drain = new("--drain") { Description = "When told to stop, wait for running tasks as long as they take" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: a line when it listens, one at the end (docs/cli.md shows them)" };

    private readonly Option<string?> _logFormat = new("--log-format")
    {
        Description = "On standard error: text says what the operator must know; json logs attempts, alerts and refusals too, an object a line",
        HelpName = "FORMAT",
    };

    private ServiceLog? _log;

    public ServeCommand(CliContext context)
        : base("serve", "Run the service: accept tasks, keep them, run them, answer", context)
    {
        Add(_listen);
        Add(_most);
        Add(_drain);
        Add(_json);
        Add(_logFormat);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll serve", $"On {DefaultListen} and the Unix socket of .plimsoll"),
        new("plimsoll serve --max-concurrent 5", "Never more than 5 tasks at once"),
        new("plimsoll serve --listen none", "For this user's programs alone"),
    ];

    public override string Remarks =>
        "Ctrl-C or SIGTERM once: nothing more is accepted or started, and what runs gets 30 s (stop.drain) to end. What still runs then, "
        + "or at the second Ctrl-C, goes on by itself; the next `plimsoll serve` takes it over. Nothing that was accepted is lost, also by kill -9.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        switch (words.GetValue(_logFormat)?.ToLowerInvariant())
        {
            case null or "text":
                return await ServeAsync(words, null, cancellationToken);
            case not "json":
                return Refuse(new Refusal(ExitCode.Invalid, $"--log-format takes text or json, found '{words.GetValue(_logFormat)}'"));
        }

        await using var log = new ServiceLog(WriteLine, Context.Time);
        return await ServeAsync(words, log, cancellationToken);
    }

    private async Task<ExitCode> ServeAsync(ParseResult words, ServiceLog? log, CancellationToken cancellationToken)
    {
        _log = log;
        if (!Concurrency.Read(words.GetValue(_most)).TryGet(out TaskLimit? most, out Refusal? refusal)
            || !OpenProject(words).TryGet(out Project? project, out refusal))
        {
            return Tell(refusal);
        }

        using var signals = new StopSignals();
        string[] listen = words.GetValue(_listen) is { Length: > 0 } given ? given : [DefaultListen];
        var request = new ServiceRequest(listen is ["none"] ? [] : listen, most) { Log = _log };
        if (!(await project.ServeAsync(request, Notice, cancellationToken)).TryGet(out ServiceSession? session, out refusal))
            return Tell(refusal);

        await using (session)
        {
            bool json = words.GetValue(_json);
            Say(session.Ready, json);
            Task<Refusal> failed = session.FailedAsync();
            if (await UntilToldAsync(signals, failed, cancellationToken) is { } failure)
                return Tell(failure);

            int left = await StopAsync(signals, session, words.GetValue(_drain) ? Timeout.InfiniteTimeSpan : project.StopPatience, cancellationToken);
            if (json)
                Out.WriteJson(new ServiceStoppedView(left), ServiceJsonContext.Default.ServiceStoppedView);
            else if (left > 0)
                Notice($"{left} task{(left == 1 ? "" : "s")} still running go on; the next `plimsoll serve` takes them over");
            return signals.Code ?? ExitCode.Success;
        }
    }

    /// <summary>Waits for a signal; gives the failure when the service ends before one.</summary>
    private async Task<Refusal?> UntilToldAsync(StopSignals signals, Task<Refusal> failed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
        Task told = Task.Delay(Timeout.InfiniteTimeSpan, Context.Time, stop.Token);
        return await Task.WhenAny(told, failed) == failed ? await failed : null;
    }

    private async Task<int> StopAsync(StopSignals signals, ServiceSession session, TimeSpan patience, CancellationToken cancellationToken)
    {
        Notice("nothing more is accepted or started; what runs is waited for; once more leaves it to the next service");
        using var insist = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<int> stopping = session.StopAsync(patience, insist.Token);
        while (!stopping.IsCompleted && signals.Count < 2)
            await Task.WhenAny(stopping, Task.Delay(Look, Context.Time, CancellationToken.None));
        await insist.CancelAsync();
        return await stopping;
    }

    private void Say(ServiceReadyView ready, bool json)
    {
        if (json)
        {
            Out.WriteJson(ready, ServiceJsonContext.Default.ServiceReadyView);
        }
        else
        {
            string at = ready.Urls.Count > 0 ? $"{string.Join(", ", ready.Urls)} (token in {ready.TokenFile}) and " : "";
            Out.WriteLine($"Plimsoll serves at {at}{ready.Socket}; Ctrl-C ends it");
            if (ready.Adopted + ready.Requeued > 0)
                Out.WriteLine($"From the service before: {ready.Adopted} tasks go on, {ready.Requeued} were lost and are tried again");
        }

        Out.Flush();
    }

    private ExitCode Tell(Refusal refusal)
    {
        if (_log is null)
            return Refuse(refusal);

        foreach (DiagnosticView finding in refusal.Diagnostics)
            _log.Refused(Sentence($"{finding.File}:{finding.Line}: {finding.Message}{(finding.Value is { Length: > 0 } value ? $" (found: {value})" : "")}", finding.Cure));
        _log.Refused(Sentence(refusal.Message, refusal.Cure));
        return refusal.Code;
    }

    private static string Sentence(string message, string? cure) => cure is { Length: > 0 } ? $"{message}. {cure}" : message;

    private void Notice(string message)
    {
        if (_log is { } log)
            log.Notice(message);
        else
            WriteLine($"plimsoll: {ControlEscaper.Text(message)}");
    }

    private void WriteLine(string line)
    {
        Context.Error.WriteLine(line);
        Context.Error.Flush();
    }
}
