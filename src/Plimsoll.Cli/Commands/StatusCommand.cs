using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Lists runs, the tasks of a run, or the attempts of a task.</summary>
internal sealed class StatusCommand : DeskVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A run (7), a task (build) or both (7/build)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only tasks in these states, e.g. failed,dead",
        HelpName = "STATES",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _limit = new("--limit", "-n") { Description = "At most N rows (default: 20 runs, 1000 tasks)", HelpName = "N" };

    public StatusCommand(CliContext context)
        : base("status", "Show runs, the tasks of a run, or the attempts of a task", context)
    {
        Add(_address);
        Add(_only);
        Add(_limit);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll status", "The latest runs"),
        new("plimsoll status 7", "The tasks of run 7"),
        new("plimsoll status 7 --only failed,dead --json", "As JSON, for scripts"),
        new("plimsoll status 7/build", "Every attempt of task build with its files"),
    ];

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        TaskAddress address = Address.Parse(words.GetValue(_address));
        string[] states = [.. (words.GetValue(_only) ?? []).SelectMany(state => state.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        int limit = words.GetValue(_limit);
        if (address.Task is not null)
            return await AttemptsAsync(desk, address, words, cancellationToken);
        return address.Run is null && states.Length == 0
            ? await RunsAsync(desk, limit > 0 ? limit : 20, words, cancellationToken)
            : await TasksAsync(desk, new TaskFilter(address, states, limit > 0 ? limit : 1000), words, cancellationToken);
    }

    private async Task<ExitCode> RunsAsync(IWorkDesk desk, int limit, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<RunView>> answer = await desk.RunsAsync(limit, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListRunView, runs => Listings.Runs(Out, runs, Context.Time));
    }

    private async Task<ExitCode> TasksAsync(IWorkDesk desk, TaskFilter filter, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<TaskView>> answer = await desk.TasksAsync(filter, cancellationToken);
        ExitCode code = Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListTaskView, tasks => Listings.Tasks(Out, tasks, Context.Time));
        if (answer.TryGet(out IReadOnlyList<TaskView>? shown, out _) && shown.Count == filter.Limit)
            Context.Error.WriteLine($"Only the first {filter.Limit} tasks; --limit N shows more.");
        return code;
    }

    private async Task<ExitCode> AttemptsAsync(IWorkDesk desk, TaskAddress address, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<IReadOnlyList<AttemptView>> answer = await desk.AttemptsAsync(address, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListAttemptView, attempts => Listings.Attempts(Out, attempts, Context.Time));
    }
}
