using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Lists what was learned of classes of tasks.</summary>
internal sealed class ClassesCommand : ListingVerb
{
    public ClassesCommand(CliContext context)
        : base("classes", "Show what tasks of each class were seen to need", context)
    {
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll classes", "Memory, duration and how often predictions were exceeded"),
        new("plimsoll classes --json", "With every number, for scripts"),
    ];

    public override string Remarks =>
        "A task needs its settled memory for its whole life and its burst for a share of it. Of the peaks that were predicted, about 5 % are meant to be exceeded; "
        + "the margin follows that number.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<ClassView>> answer = await project.ClassesAsync(cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListClassView, classes => ClassListing.Write(Out, classes));
    }
}
