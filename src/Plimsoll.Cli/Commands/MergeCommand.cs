using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Merges the branches of a run.</summary>
internal sealed class MergeCommand : ListingVerb
{
    private readonly Argument<int?> _run = new("RUN") { Description = "The run (default: the newest)", Arity = ArgumentArity.ZeroOrOne };

    public MergeCommand(CliContext context)
        : base("merge", "Merge the branches of a run into the branch that is checked out", context)
    {
        Add(_run);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll merge 7", "Merge what the tasks of run 7 committed; conflicts are listed and not merged"),
        new("plimsoll diff 7 --stat", "Look first"),
    ];

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<MergeView> answer = await project.MergeAsync(words.GetValue(_run), cancellationToken);
        return Show(
            words,
            answer,
            PlimsollJsonContext.Default.MergeView,
            merge => ProjectListings.Merge(Out, merge),
            merge => merge.Tasks.Any(task => task.Status == "conflict") ? ExitCode.TaskFailed : ExitCode.Success);
    }
}
