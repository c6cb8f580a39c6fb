using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Shows the changes tasks made in their worktrees.</summary>
internal sealed class DiffCommand : ListingVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A task (7/review) or a run: all its tasks", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _stat = new("--stat") { Description = "Only how much changed" };

    public DiffCommand(CliContext context)
        : base("diff", "Show the changes tasks made in their worktrees", context)
    {
        Add(_address);
        Add(_stat);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll diff review[a.cs]", "The patch of one task"),
        new("plimsoll diff 7 --stat", "How much each task of run 7 changed"),
    ];

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<DiffView>> answer = await project.DiffAsync(Address.Parse(words.GetValue(_address)), cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListDiffView, diffs => ProjectListings.Diffs(Out, diffs, words.GetValue(_stat)));
    }
}
