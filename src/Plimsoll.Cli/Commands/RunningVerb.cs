using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Running;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>A verb that carries out a run in this process.</summary>
internal abstract class RunningVerb : ProjectVerb
{
    private readonly Option<string?> _jobs = new("--max-concurrent", "-j") { Description = "Tasks at once: auto, or a number from 1 to 1024", HelpName = "N" };
    private readonly Option<bool> _drain = new("--drain") { Description = "On Ctrl-C wait for running tasks however long, not 30 s" };
    private readonly Option<bool> _json = new("--json") { Description = "Print events as JSON, one per line" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print only what goes wrong" };
    private readonly Option<bool> _noLive = new("--no-live") { Description = "No live view on a terminal" };

    protected RunningVerb(string name, string description, CliContext context)
        : base(name, description, context)
    {
    }

    public override string Remarks =>
        "Ctrl-C once: nothing more is started, running tasks get 30 s to end, then they are ended with their process trees. Twice: at once. "
        + "A reader of the output that goes away (| head) does not stop the run.";

    protected void AddRunningOptions()
    {
        Add(_jobs);
        Add(_drain);
        Add(_json);
        Add(_quiet);
        Add(_noLive);
        AddProjectOptions();
    }

    protected bool IsQuiet(ParseResult words) => words.GetValue(_quiet);

    protected bool WantsJson(ParseResult words) => words.GetValue(_json);

    /// <summary>A live view is drawn on standard error, when a person looks at it.</summary>
    protected Screen MakeScreen(ParseResult words)
    {
        bool live = Context.Error.IsTerminal && !words.GetValue(_noLive) && !words.GetValue(_quiet) && Context.Variable("TERM") is not (null or "dumb");
        return new Screen(Context.Out, Context.Error, live);
    }

    protected IRunView MakeRunView(ParseResult words)
    {
        if (words.GetValue(_json))
            return new JsonPrinter(Context.Out, Context.Error);
        return words.GetValue(_quiet) ? new QuietPrinter(Context.Error) : new RunPrinter(MakeScreen(words));
    }

    protected Task<ExitCode> RunAsync(
        ParseResult words,
        Func<CancellationToken, Task<Outcome<RunSession>>> start,
        Func<RunSession, IRunView> makeView) =>
        RunHost.RunAsync(Context, words.GetValue(_drain), start, makeView);

    /// <summary>The limit asked for; no value = as configured.</summary>
    protected Outcome<TaskLimit?> Limit(ParseResult words) => Concurrency.Read(words.GetValue(_jobs));
}
