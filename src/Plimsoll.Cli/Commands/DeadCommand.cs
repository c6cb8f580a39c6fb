using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Lists dead letters.</summary>
internal sealed class DeadCommand : ListingVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "Only this run or task (default: all runs)", Arity = ArgumentArity.ZeroOrOne };

    public DeadCommand(CliContext context)
        : base("dead", "List the tasks that used up their retries", context)
    {
        Add(_address);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll dead", "Every dead letter with its reason"),
        new("plimsoll dead 7 --json", "Of run 7, as JSON with all evidence"),
        new("plimsoll retry 7", "Give them another go"),
    ];

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<DeadView>> answer = await project.DeadAsync(Address.Parse(words.GetValue(_address)), cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListDeadView, dead => Listings.Dead(Out, dead, Context.Time));
    }
}
