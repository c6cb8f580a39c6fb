using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Cancels a run or a task.</summary>
internal sealed class CancelCommand : DeskVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A run (7) or a task (7/build)", Arity = ArgumentArity.ExactlyOne };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the record", HelpName = "TEXT" };

    public CancelCommand(CliContext context)
        : base("cancel", "Cancel a run or a task; what runs is ended with its whole process tree", context)
    {
        Add(_address);
        Add(_reason);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll cancel 7", "Cancel what is left of run 7"),
        new("plimsoll cancel review[a.cs] --reason obsolete", "Cancel one task of the newest run"),
    ];

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        TaskAddress address = Address.Parse(words.GetValue(_address));
        Outcome<ChangeView> answer = await desk.CancelAsync(address, words.GetValue(_reason) ?? "cancelled by the user", cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.ChangeView, change => Listings.Change(Out, change));
    }
}
