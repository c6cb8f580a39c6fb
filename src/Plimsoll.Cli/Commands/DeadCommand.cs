using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Lists dead letters, or removes them.</summary>
internal sealed class DeadCommand : DeskVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "Only this run or task (default: all runs)", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<bool> _purge = new("--purge") { Description = "Remove them: listed no more, and their output goes" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "With --purge: only say what would go" };

    public DeadCommand(CliContext context)
        : base("dead", "List the tasks that used up their retries, or purge them", context)
    {
        Add(_address);
        Add(_purge);
        Add(_dryRun);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll dead", "Every dead letter with its reason"),
        new("plimsoll dead 7 --json", "Of run 7, as JSON with all evidence"),
        new("plimsoll retry 7", "Give them another go"),
        new("plimsoll dead 7/build --purge", "Forget this one, with what it wrote"),
    ];

    public override string Remarks => "Only --purge removes a dead letter; 'plimsoll clean' keeps them however old they are. Branches and worktrees stay.";

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        TaskAddress address = Address.Parse(words.GetValue(_address));
        if (words.GetValue(_purge))
        {
            Outcome<PurgeView> purged = await desk.PurgeAsync(address, words.GetValue(_dryRun), cancellationToken);
            return Show(words, purged, PlimsollJsonContext.Default.PurgeView, purge => Listings.Purge(Out, purge));
        }

        Outcome<IReadOnlyList<DeadView>> answer = await desk.DeadAsync(address, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListDeadView, dead => Listings.Dead(Out, dead, Context.Time));
    }
}
