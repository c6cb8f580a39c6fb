using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Simulating;
using Plimsoll.Client;
using Plimsoll.Client.Simulations;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Simulations;

namespace Plimsoll.Cli.Commands;

/// <summary>Simulates tasks in virtual time under the production kernel.</summary>
internal sealed class SimulateCommand : ProjectVerb
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly Argument<string?> _input = new("INPUT") { Description = "Plan, recorded workflow, number of a run or of several (3-9, 3-), or generate:KEY=VALUE,…", HelpName = "INPUT", Arity = ArgumentArity.ZeroOrOne };
    private readonly SimulateOptions _options = new();
    private readonly Option<bool> _faults = new("--faults") { Description = "Instead of INPUT: inject faults into a made-up fleet, seed by seed, and check the invariants" };
    private readonly Option<string?> _html = new("--html") { Description = "Write a page with the plots to this file", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/cli.md shows its shape)" };

    private long _saidAt;

    public SimulateCommand(CliContext context)
        : base("simulate", "Simulate a plan on machines you need not have: nothing is started", context)
    {
        Add(_input);
        _options.AddTo(this);
        Add(_faults);
        Add(_html);
        Add(_json);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll simulate plan.yaml --memory 64G --cpu 16", "How long would it take there?"),
        new("plimsoll simulate 12 --memory 64G --policy load-line,fixed:4 --html out.html", "Run 12 again, with another policy beside"),
        new("plimsoll simulate 41- --memory 64G", "All that the service ran since, each task when it came"),
        new("plimsoll simulate bwa.json --memory 4G --cpu 8 --policy oracle,load-line --passes 2", "A recorded workflow, sizes known and learned"),
        new("plimsoll simulate generate:tasks=100000,needs=2 --node 100x16G,4 --node 20x64G,16,gpu --placement best-fit,least-loaded", "Mixed nodes"),
        new("plimsoll simulate --faults --seeds 10000", "Does an invariant break under crashes, lost nodes, restarts and late inputs?"),
    ];

    public override string Remarks => "The kernel is the one that runs plans; machines are modelled. Nodes are read and guarded as real ones up to 64 of them. Exit code 1 when a task could not end or an invariant broke.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_faults))
            return Break(words, cancellationToken);
        if (words.GetValue(_input) is not { } input)
            return Refuse(new Refusal(ExitCode.Invalid, "simulate takes a plan, a recorded workflow, runs by number or generate:…", "for example plimsoll simulate generate:tasks=100"));
        if (!_options.Read(words, input, Context).TryGet(out SimulationRequest? request, out Refusal? refusal)
            || !OpenProject(words).TryGet(out Project? project, out refusal))
        {
            return Refuse(refusal);
        }

        using var stop = new StopSignals();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.First, cancellationToken);
        try
        {
            _saidAt = Context.Time.GetTimestamp();
            Outcome<SimulationReportView> ran = await project.SimulateAsync(request, Say, linked.Token);
            if (!ran.TryGet(out SimulationReportView? report, out refusal))
                return Refuse(refusal);

            if (words.GetValue(_json))
                Out.WriteJson(report, PlimsollJsonContext.Default.SimulationReportView);
            else
                SimulationPage.Write(Out, report);
            if (!WritePage(words, report).TryGet(out _, out refusal))
                return Refuse(refusal);
            return report.Runs.Any(static run => run.Unfinished > 0) ? ExitCode.TaskFailed : ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Code is not null)
        {
            return stop.Code.Value;
        }
    }

    private ExitCode Break(ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_input) is { } input)
            return Refuse(new Refusal(ExitCode.Invalid, $"--faults makes its own tasks, found '{input}'", "leave it out"));
        if ((_options.Foreign(words) ?? (words.GetValue(_html) is null ? null : _html.Name)) is { } foreign)
            return Refuse(new Refusal(ExitCode.Invalid, $"--faults makes its own nodes and tasks, found '{foreign}'", "it takes --seed, --seeds and --json"));
        if (!_options.Seeds(words).TryGet(out (int First, int Count) seeds, out Refusal? refusal))
            return Refuse(refusal);

        using var stop = new StopSignals();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.First, cancellationToken);
        try
        {
            _saidAt = Context.Time.GetTimestamp();
            FaultReportView report = FaultRuns.Run(seeds.First, seeds.Count, Context.Time, Say, linked.Token);
            if (words.GetValue(_json))
                Out.WriteJson(report, PlimsollJsonContext.Default.FaultReportView);
            else
                FaultPage.Write(Out, report);
            return report.Broken.Count > 0 ? ExitCode.TaskFailed : ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Code is not null)
        {
            return stop.Code.Value;
        }
    }

    private Outcome<bool> WritePage(ParseResult words, SimulationReportView report)
    {
        if (words.GetValue(_html) is not { } file)
            return false;

        try
        {
            File.WriteAllText(Path.GetFullPath(file, Context.Folder), SimulationHtml.Of(report));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new Refusal(ExitCode.Environment, $"cannot write {file}: {error.Message}", "name a file in a folder that exists and that you may write to");
        }
    }

    /// <summary>Only of what takes long, and not too often.</summary>
    private void Say(string line)
    {
        if (Context.Time.GetElapsedTime(_saidAt) >= Silence)
        {
            _saidAt = Context.Time.GetTimestamp();
            Context.Error.WriteLine(line);
            Context.Error.Flush();
        }
    }
}
