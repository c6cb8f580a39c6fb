using System.CommandLine;
using System.Text;
using System.Text.Json;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Submitting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Http;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary><c>plimsoll submit</c>: hands a task, many or a plan to the service.</summary>
internal sealed class SubmitCommand : ProjectVerb
{
    private const int TasksPerCall = 10_000;

    private readonly SubmitOptions _options = new();
    private readonly Option<string?> _tasks = new("--tasks") { Description = "Many tasks: a file with one JSON object per line (- reads standard input)", HelpName = "FILE" };
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Wait until everything has ended; exit code 1 when something did not succeed" };
    private readonly Option<bool> _force = new("--force") { Description = "A plan: accept it with a dirty work tree" };
    private readonly Option<string?> _server = new("--server") { Description = "Address of the service (default: PLIMSOLL_URL, else the one of the state folder)", HelpName = "URL" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/cli.md shows its shape)" };

    public SubmitCommand(CliContext context)
        : base("submit", "Hand a task, many or a plan to the service", context)
    {
        _options.AddTo(this);
        Add(_tasks);
        Add(_wait);
        Add(_force);
        Add(_server);
        Add(_json);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll submit -- make test", "A command, in this folder"),
        new("plimsoll submit --template review -p file=a.cs --priority 5 --wait", "A configured template; come back when it has ended"),
        new("plimsoll submit plan.yaml -p branch=main", "A whole plan"),
        new("jq -c '.[]' tasks.json | plimsoll submit --tasks - --server http://ci:8000", "Thousands at once, to another machine"),
    ];

    public override string Remarks => "What is answered with an id is durable: it is not lost when the service is killed. --key makes it safe to try again after an error.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            || !project.Service(words.GetValue(_server)).TryGet(out ServiceDesk? service, out refusal))
        {
            return Refuse(refusal);
        }

        using (service)
        {
            return words.GetValue(_tasks) is { } file ? await ManyAsync(service, file, words, cancellationToken)
                : _options.Plan(words) is { } plan ? await PlanAsync(service, plan, words, cancellationToken)
                : await OneAsync(service, words, cancellationToken);
        }
    }

    private async Task<ExitCode> OneAsync(ServiceDesk service, ParseResult words, CancellationToken cancellationToken)
    {
        if (!_options.Task(words, service.IsLocal ? Context.Folder : null).TryGet(out TaskSubmission? task, out Refusal? refusal)
            || !(await service.SubmitAsync([task], cancellationToken)).TryGet(out SubmittedListView? accepted, out refusal))
        {
            return Refuse(refusal);
        }

        return await AnswerAsync(service, accepted.Tasks, words, cancellationToken);
    }

    private async Task<ExitCode> ManyAsync(ServiceDesk service, string file, ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_options.Words) is { Length: > 0 })
            return Refuse(new Refusal(ExitCode.Invalid, "--tasks takes the place of a plan or command", "Leave one of them out."));

        await using Stream input = file == "-" ? Context.OpenInput() : File.OpenRead(Path.GetFullPath(file, Context.Folder));
        using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var lines = new TaskLineReader(reader);
        var accepted = new List<SubmittedView>();
        while (true)
        {
            if (!(await lines.ReadAsync(TasksPerCall, cancellationToken)).TryGet(out IReadOnlyList<TaskSubmission>? tasks, out Refusal? refusal)
                || (tasks.Count > 0 && Failed(await service.SubmitAsync(tasks, cancellationToken), accepted, out refusal)))
            {
                if (accepted.Count > 0)
                    Context.Error.WriteLine($"plimsoll: the first {accepted.Count} tasks were accepted before this:");
                return Refuse(refusal!);
            }

            if (tasks.Count == 0)
                break;
        }

        return accepted.Count == 0
            ? Refuse(new Refusal(ExitCode.Invalid, "there are no tasks to submit", "One JSON object per line, for example {\"template\": \"review\", \"params\": {\"file\": \"a.cs\"}}"))
            : await AnswerAsync(service, accepted, words, cancellationToken);
    }

    private static bool Failed(Outcome<SubmittedListView> answer, List<SubmittedView> accepted, out Refusal? refusal)
    {
        if (!answer.TryGet(out SubmittedListView? list, out refusal))
            return true;
        accepted.AddRange(list.Tasks);
        return false;
    }

    private async Task<ExitCode> PlanAsync(ServiceDesk service, string plan, ParseResult words, CancellationToken cancellationToken)
    {
        if (!_options.Parameters(words).TryGet(out IReadOnlyDictionary<string, string>? parameters, out Refusal? refusal)
            || !ReadPlan(plan).TryGet(out string? text, out refusal))
        {
            return Refuse(refusal);
        }

        JsonElement value = JsonSerializer.SerializeToElement(text, CliJsonContext.Default.String);
        string? format = plan.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : null;
        var submission = new PlanSubmissionView(value, format, plan == "-" ? null : plan, parameters, words.GetValue(_force));
        if (!(await service.SubmitAsync(submission, _options.Key(words), cancellationToken)).TryGet(out SubmittedRunView? run, out refusal))
            return Refuse(refusal);

        foreach (Client.Plans.DiagnosticView warning in run.Warnings)
            Diagnostics.Write(Context.Error, warning);
        if (!words.GetValue(_wait))
        {
            if (words.GetValue(_json))
                Out.WriteJson(run, ServiceJsonContext.Default.SubmittedRunView);
            else
                Out.WriteLine($"Run {run.Run} ({ControlEscaper.Text(run.Name)}, {run.Tasks} task{(run.Tasks == 1 ? "" : "s")}) {(run.Repeated ? "was accepted before" : "is accepted")}; 'plimsoll status {run.Run}' shows it");
            return ExitCode.Success;
        }

        return await WaitAsync(service, [$"{run.Run}"], words, cancellationToken);
    }

    private Outcome<string> ReadPlan(string plan)
    {
        try
        {
            using Stream input = plan == "-" ? Context.OpenInput() : File.OpenRead(Path.GetFullPath(plan, Context.Folder));
            return PlanText.Read(input);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Invalid, $"cannot read the plan {plan}: {(error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message)}", "Name a plan file, or write a command after --");
        }
    }

    private async Task<ExitCode> AnswerAsync(ServiceDesk service, IReadOnlyList<SubmittedView> accepted, ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_wait))
            return await WaitAsync(service, [.. accepted.Select(static task => task.Id)], words, cancellationToken);

        if (words.GetValue(_json))
            Out.WriteJson(new SubmittedListView(accepted), ServiceJsonContext.Default.SubmittedListView);
        else if (accepted is [var one])
            Out.WriteLine($"Task {one.Id} ({ControlEscaper.Text(one.Name)}) {(one.Repeated ? "was accepted before" : "is accepted")}; 'plimsoll why {ControlEscaper.Text(one.Name)}' tells where it stands");
        else
            Out.WriteLine($"{accepted.Count} tasks are accepted, {accepted[0].Id} to {accepted[^1].Id}; 'plimsoll status' shows them");
        return ExitCode.Success;
    }

    private async Task<ExitCode> WaitAsync(ServiceDesk service, IReadOnlyList<string> ids, ParseResult words, CancellationToken cancellationToken)
    {
        var items = new List<WaitItemView>(ids.Count);
        foreach (string[] some in ids.Chunk(ServiceDesk.MostWaits))
        {
            if (!(await service.WaitAsync(some, Notice, Context.Time, cancellationToken)).TryGet(out WaitView? view, out Refusal? refusal))
                return Refuse(refusal);
            items.AddRange(view.Items);
        }

        if (words.GetValue(_json))
        {
            Out.WriteJson(new WaitView(true, items), ServiceJsonContext.Default.WaitView);
        }
        else
        {
            foreach (WaitItemView item in items.Count == 1 ? items : items.Where(static item => item.State != "succeeded"))
                Out.WriteLine($"{Out.Paint(Outcomes.InkOf(item.State), item.State)} {item.Id} {ControlEscaper.Text(item.Name ?? "")}{(item.Reason is { } reason ? ": " + ControlEscaper.Text(reason) : "")}");
            if (items.Count > 1)
                Out.WriteLine($"{items.Count(static item => item.State == "succeeded")} of {items.Count} succeeded");
        }

        return items.TrueForAll(static item => item.State == "succeeded") ? ExitCode.Success : ExitCode.TaskFailed;
    }

    private void Notice(string message)
    {
        Context.Error.WriteLine($"plimsoll: {ControlEscaper.Text(message)}");
        Context.Error.Flush();
    }
}
