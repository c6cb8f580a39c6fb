using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Checks this machine and project.</summary>
internal sealed class DoctorCommand : ListingVerb
{
    public DoctorCommand(CliContext context)
        : base("doctor", "Check this machine and project", context)
    {
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll doctor", "What works, what does not, and what to do about it"),
        new("plimsoll doctor --json", "For scripts; exit code 3 when a check fails"),
    ];

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<DoctorView> answer = await project.DoctorAsync(cancellationToken);
        return Show(
            words,
            answer,
            PlimsollJsonContext.Default.DoctorView,
            doctor => ProjectListings.Doctor(Out, doctor),
            doctor => doctor.Checks.Any(check => check.Status == "fail") ? ExitCode.Environment : ExitCode.Success);
    }
}
