using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Runs a plan and waits for it.</summary>
internal sealed class RunCommand : RunningVerb
{
    private readonly PlanOptions _plan = new();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check the plan and show the order; run nothing" };
    private readonly Option<bool> _force = new("--force") { Description = "Run with a dirty work tree, and with the -j asked for although memory does not carry it" };
    private readonly Option<bool> _direct = new("--direct") { Description = "Start commands without a supervisor: faster, but an exit is lost if plimsoll dies" };
    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "Value of a parameter of the plan; may be repeated",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    public RunCommand(CliContext context)
        : base("run", "Run a plan: a graph of tasks, as many at once as the machine allows", context)
    {
        _plan.AddTo(this);
        Add(_parameters);
        Add(_dryRun);
        Add(_direct);
        Add(_force);
        AddRunningOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll run plan.yaml", "Run it; 'plimsoll resume' goes on after a crash"),
        new("plimsoll run plan.yaml --dry-run", "Show what would run, in which order"),
        new("generate-plan | plimsoll run - -j 8", "A plan from a pipe, at most 8 tasks at once"),
        new("plimsoll run --format wfcommons bwa.json --time-scale 1/1000 --memory-scale 1/16", "A recorded workflow as synthetic jobs"),
    ];

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Limit(words).TryGet(out TaskLimit? limit, out Refusal? refusal)
            || !Parameters(words).TryGet(out Dictionary<string, string>? parameters, out refusal)
            || !_plan.Read(words, Context).TryGet(out PlanRequest? plan, out refusal)
            || !OpenProject(words).TryGet(out Project? project, out refusal))
        {
            return Refuse(refusal);
        }

        if (words.GetValue(_dryRun))
            return DryRun(project, plan, WantsJson(words));

        var request = new RunRequest(plan, parameters, limit, words.GetValue(_direct), words.GetValue(_force));
        return await RunAsync(words, token => project.StartRunAsync(request, token), _ => MakeRunView(words));
    }

    private ExitCode DryRun(Project project, PlanRequest plan, bool json)
    {
        if (!project.Check(plan).TryGet(out PlanReportView? report, out Refusal? refusal))
            return Refuse(refusal);
        if (json)
            Out.WriteJson(report, PlimsollJsonContext.Default.PlanReportView);
        else
            PlanPage.Write(Context, report, withOrder: true);
        return report.Valid ? ExitCode.Success : ExitCode.Invalid;
    }

    private Outcome<Dictionary<string, string>> Parameters(ParseResult words)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string parameter in words.GetValue(_parameters) ?? [])
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return new Refusal(ExitCode.Invalid, $"--param takes NAME=VALUE, found '{parameter}'");
            values[parameter[..equals]] = parameter[(equals + 1)..];
        }

        return values;
    }
}
