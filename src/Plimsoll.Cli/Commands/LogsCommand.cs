using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Logs;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Prints what attempts wrote.</summary>
internal sealed class LogsCommand : ProjectVerb
{
    private readonly Argument<string?> _address = new("RUN|TASK") { Description = "A task (7/build), or a run: the last attempt of every task", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on as the task writes, until it ends" };
    private readonly Option<int?> _attempt = new("--attempt") { Description = "Which attempt (default: the last)", HelpName = "N" };
    private readonly Option<bool> _stdout = new("--stdout") { Description = "Only standard output" };
    private readonly Option<bool> _stderr = new("--stderr") { Description = "Only standard error, on standard output" };
    private readonly Option<int?> _tail = new("--tail") { Description = "Only the last N lines of each", HelpName = "N" };

    private readonly Option<string?> _server = new("--server") { Description = "Ask the service at this address (default: PLIMSOLL_URL, unless --state is given; otherwise this folder)", HelpName = "URL" };
    private readonly Option<bool> _memory = new("--memory") { Description = "Draw the memory it held over its life instead" };

    public LogsCommand(CliContext context)
        : base("logs", "Print what a task wrote", context)
    {
        Add(_address);
        Add(_follow);
        Add(_attempt);
        Add(_stdout);
        Add(_stderr);
        Add(_tail);
        Add(_memory);
        Add(_server);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll logs build", "Both outputs of the last attempt, on ours"),
        new("plimsoll logs -f 7/review[a.cs]", "Follow it, across retries"),
        new("plimsoll logs build --memory", "What it held from its start to its end"),
        new("plimsoll logs build --attempt 1 --stderr --tail 50", "The end of what the first attempt complained about"),
    ];

    public override string Remarks =>
        "On a terminal, control sequences other than colours are shown instead of obeyed. Into a pipe or a file everything goes as it is.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        bool both = words.GetValue(_stdout) == words.GetValue(_stderr);
        if (words.GetValue(_tail) is < 0 and var tail)
            return Refuse(new Refusal(ExitCode.Invalid, $"--tail takes a number from 0, found '{tail}'"));
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal))
            return Refuse(refusal);

        TaskAddress address = Address.Parse(words.GetValue(_address));
        var selection = new LogSelection(both || words.GetValue(_stdout), both || words.GetValue(_stderr), words.GetValue(_tail));
        if (words.GetValue(_server) is not null || (project.NamesService && !StateIsGiven(words)))
            return await PrintElsewhereAsync(project, address, selection, words, cancellationToken);
        if (words.GetValue(_follow))
        {
            if (address.Task is null)
                return Refuse(new Refusal(ExitCode.Invalid, "--follow takes one task", "for example plimsoll logs -f 7/build"));
            var follower = new LogFollower(project, Context, selection);
            return await follower.FollowAsync(address, cancellationToken) is { } trouble ? Refuse(trouble) : ExitCode.Success;
        }

        if (!(await project.AttemptsAsync(address, cancellationToken)).TryGet(out IReadOnlyList<AttemptView>? attempts, out refusal))
            return Refuse(refusal);
        return Print(attempts, words.GetValue(_attempt), selection, address, words.GetValue(_memory));
    }

    private async Task<ExitCode> PrintElsewhereAsync(Project project, TaskAddress address, LogSelection selection, ParseResult words, CancellationToken cancellationToken)
    {
        if (!project.Service(words.GetValue(_server)).TryGet(out ServiceDesk? service, out Refusal? refusal))
            return Refuse(refusal);

        using (service)
        {
            if (words.GetValue(_memory))
            {
                return (await service.AttemptsAsync(address, cancellationToken)).TryGet(out IReadOnlyList<AttemptView>? attempts, out refusal)
                    ? Print(attempts, words.GetValue(_attempt), selection, address, memory: true)
                    : Refuse(refusal);
            }

            if (address.Task is null)
                return Refuse(new Refusal(ExitCode.Invalid, "logs of a service takes one task", "for example plimsoll logs 7/build --server URL"));
            return (await service.TasksAsync(new TaskFilter(address, [], 1), cancellationToken)).TryGet(out IReadOnlyList<TaskView>? tasks, out refusal)
                && (refusal = await new ServiceLog(service, Context, selection).PrintAsync(tasks[0], words.GetValue(_attempt), words.GetValue(_follow), cancellationToken)) is null
                ? ExitCode.Success
                : Refuse(refusal!);
        }
    }

    private ExitCode Print(IReadOnlyList<AttemptView> attempts, int? number, LogSelection selection, TaskAddress address, bool memory)
    {
        IReadOnlyList<AttemptView> chosen = number is not null ? [.. attempts.Where(attempt => attempt.Number == number)]
            : address.Task is null ? attempts
            : [.. attempts.TakeLast(1)];
        if (chosen.Count == 0)
        {
            return Refuse(attempts.Count == 0
                ? new Refusal(ExitCode.Invalid, "there is no attempt yet", "'plimsoll why TASK' says what it waits for")
                : new Refusal(ExitCode.Invalid, $"there is no attempt {number}", $"there are attempts 1 to {attempts.Max(attempt => attempt.Number)}"));
        }

        if (memory)
        {
            foreach (AttemptView attempt in chosen)
                MemoryPlot.Write(Out, attempt);
            return ExitCode.Success;
        }

        foreach (AttemptView attempt in chosen)
        {
            var log = new AttemptLog(attempt, selection, Context);
            if (chosen.Count > 1)
                log.WriteTitle();
            if (!log.Copy())
                Context.Error.WriteLine(attempt.Outcome == "start_failed"
                    ? $"plimsoll: attempt {attempt.Number} never ran; 'plimsoll why' says what was wrong"
                    : $"plimsoll: the output of attempt {attempt.Number} was cleaned away");
            log.End();
            if (Out.ReaderGone)
                break;
        }

        return ExitCode.Success;
    }
}
