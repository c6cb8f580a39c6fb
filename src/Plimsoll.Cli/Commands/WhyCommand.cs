using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Explains why a task is where it is.</summary>
internal sealed class WhyCommand : DeskVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A task (build, 7/build), or a run: everything that waits", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "At most N tasks of a run (default 20)", HelpName = "N", DefaultValueFactory = _ => 20 };

    public WhyCommand(CliContext context)
        : base("why", "Explain why a task is where it is: what it waits for, or how it ended", context)
    {
        Add(_address);
        Add(_limit);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll why review[a.cs]", "What the task waits for, how much it needs, how much there is, and what would release it"),
        new("plimsoll why", "Everything that waits in the newest run, the next in turn first"),
    ];

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        TaskAddress address = Address.Parse(words.GetValue(_address));
        Outcome<IReadOnlyList<ExplanationView>> answer = await desk.ExplainAsync(address, words.GetValue(_limit), cancellationToken);
        return Show(
            words,
            answer,
            PlimsollJsonContext.Default.IReadOnlyListExplanationView,
            explanations => Explanations.Write(Out, explanations, withAttempts: address.Task is not null));
    }
}
