using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Puts ended tasks back.</summary>
internal sealed class RetryCommand : DeskVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A task (7/build), or a run: all that failed (default: the newest run)", Arity = ArgumentArity.ZeroOrOne };

    public RetryCommand(CliContext context)
        : base("retry", "Put failed and dead tasks back, with what depends on them", context)
    {
        Add(_address);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll retry 7", "Every failed, dead or skipped task of run 7"),
        new("plimsoll retry 7/build && plimsoll resume 7", "One task; resume then runs it"),
    ];

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        TaskAddress address = Address.Parse(words.GetValue(_address));
        Outcome<ChangeView> answer = await desk.RetryAsync(address, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.ChangeView, change => Listings.Change(Out, change));
    }
}
