using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Reports;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Compares a run with earlier ones.</summary>
internal sealed class CompareCommand : ListingVerb
{
    private readonly Argument<int[]> _runs = new("RUN") { Description = "A run (default: the newest), and the runs to compare it with (default: the last ten of its name)", Arity = ArgumentArity.ZeroOrMore };

    public CompareCommand(CliContext context)
        : base("compare", "Compare a run with earlier ones: time, memory, attempts, cost", context)
    {
        Add(_runs);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll compare", "The newest run beside the last ten finished runs of its name"),
        new("plimsoll compare 12 7", "Run 12 beside run 7"),
        new("plimsoll run plan.yaml && plimsoll compare || echo slower", "For scripts: exit code 1 when something took more"),
    ];

    public override string Remarks =>
        "Something differs when it does by at least 30 % and 3.5 robust standard deviations of the earlier runs. Three of them are needed to tell what is usual; runs that are named are compared as they are. "
        + "Exit code 1 when something took more time, memory, attempts or money than usual.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        int[] runs = words.GetValue(_runs) ?? [];
        Outcome<RunComparisonView> answer = await project.CompareAsync(new TaskAddress(runs.Length > 0 ? runs[0] : null, null), runs.Length > 1 ? runs[1..] : [], cancellationToken);
        return Show(
            words,
            answer,
            PlimsollJsonContext.Default.RunComparisonView,
            view => ComparisonPage.Write(Out, view),
            static view => view.Rows.Any(static one => one.Differs && one.Value > one.Usual) ? ExitCode.TaskFailed : ExitCode.Success);
    }
}
