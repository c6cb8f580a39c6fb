using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Removes what retention no longer keeps.</summary>
internal sealed class CleanCommand : ListingVerb
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would go" };
    private readonly Option<string?> _olderThan = new("--older-than") { Description = "Remove runs that ended longer ago (default: 30d)", HelpName = "TIME" };
    private readonly Option<string?> _keepSize = new("--keep-size") { Description = "Keep at most this much output (default: 10G)", HelpName = "SIZE" };
    private readonly Option<bool> _force = new("--force") { Description = "Also worktrees with uncommitted changes" };

    public CleanCommand(CliContext context)
        : base("clean", "Remove old outputs, worktrees, events and finished tasks", context)
    {
        Add(_dryRun);
        Add(_olderThan);
        Add(_keepSize);
        Add(_force);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll clean --dry-run", "What would go"),
        new("plimsoll clean --older-than 7d --keep-size 1G", "Keep a week, at most 1 GiB"),
    ];

    public override string Remarks =>
        "Evidence of running and dead tasks is kept, and a worktree with uncommitted changes is never removed without --force.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        TimeSpan? olderThan = null;
        long? keepBytes = null;
        if (words.GetValue(_olderThan) is { } age)
        {
            if (!Quantity.TryDuration(age, out TimeSpan duration))
                return Refuse(new Refusal(ExitCode.Invalid, $"--older-than takes a time, found '{age}'", "for example 7d, 12h or 1d12h"));
            olderThan = duration;
        }

        if (words.GetValue(_keepSize) is { } size)
        {
            if (!Quantity.TryBytes(size, out long bytes))
                return Refuse(new Refusal(ExitCode.Invalid, $"--keep-size takes a size, found '{size}'", "for example 500M or 10G"));
            keepBytes = bytes;
        }

        var request = new CleanRequest(words.GetValue(_dryRun), olderThan, keepBytes, words.GetValue(_force));
        Outcome<CleanView> answer = await project.CleanAsync(request, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.CleanView, cleaned => ProjectListings.Clean(Out, cleaned));
    }
}
