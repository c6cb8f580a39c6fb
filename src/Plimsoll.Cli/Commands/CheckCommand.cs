using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Checks a plan and reports every error at once.</summary>
internal sealed class CheckCommand : ListingVerb
{
    private readonly PlanOptions _plan = new();

    public CheckCommand(CliContext context)
        : base("check", "Check a plan: every error at once, with its place and its cure", context)
    {
        _plan.AddTo(this);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll check plan.yaml", "Exit code 2 when it has errors"),
        new("plimsoll check plan.yaml --json", "For editors and scripts"),
    ];

    protected override Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken) =>
        Task.FromResult(Check(project, words));

    private ExitCode Check(Project project, ParseResult words)
    {
        if (!_plan.Read(words, Context).TryGet(out PlanRequest? plan, out Refusal? refusal)
            || !project.Check(plan).TryGet(out PlanReportView? report, out refusal))
        {
            return Refuse(refusal);
        }

        if (WantsJson(words))
            Out.WriteJson(report, PlimsollJsonContext.Default.PlanReportView);
        else
            PlanPage.Write(Context, report, withOrder: false);
        return report.Valid ? ExitCode.Success : ExitCode.Invalid;
    }
}
