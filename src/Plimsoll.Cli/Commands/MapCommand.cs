using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Mapping;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Runs a command once for each line of standard input.</summary>
internal sealed class MapCommand : RunningVerb
{
    private readonly MapOptions _options = new();
    private readonly Option<bool> _force = new("--force") { Description = "Keep the -j asked for although memory does not carry it" };

    public MapCommand(CliContext context)
        : base("map", "Run a command once for each line of standard input, as xargs and GNU parallel do", context)
    {
        _options.AddTo(this);
        Add(_force);
        AddRunningOptions();
    }

    public override bool CommandFollows => true;

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("ls *.md | plimsoll map -j auto -- claude -p 'Summarise {}'", "One agent per file, as many at once as memory allows"),
        new("find . -name '*.png' -print0 | plimsoll map -0 -k -- convert {} {.}.jpg", "Outputs in the order of the items"),
        new("plimsoll map -a urls.txt --retries 3 --timeout 1m --joblog log --resume -- curl -fsS {}", "Go on where an earlier map stopped"),
        new("plimsoll map --shell 'head -1 {} | tr a-z A-Z' < files", "A shell line; items arrive as quoted words, never as text"),
    ];

    public override string Remarks =>
        "In the command, {} is the item, {.} without its ending, {/} its base name, {//} its folder, {/.} its base name without ending, {#} its number; "
        + "without any of them the item is appended. The output of an item is printed in one piece when it ends. " + base.Remarks;

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!_options.Read(words).TryGet(out MapSettings? settings, out Refusal? refusal)
            || !Limit(words).TryGet(out TaskLimit? limit, out refusal)
            || !OpenProject(words).TryGet(out Project? project, out refusal))
        {
            return Refuse(refusal);
        }

        IReadOnlySet<long> done = settings.JobLog is { } earlier && settings.Resume
            ? JobLog.ReadDone(Path.GetFullPath(earlier, Context.Folder), settings.OnlySucceededAreDone)
            : new HashSet<long>();
        if (settings.File is { } file && !File.Exists(Path.GetFullPath(file, Context.Folder)))
            return Refuse(new Refusal(ExitCode.Invalid, $"there is no file {file} to read items from", "-a takes a file; without it items are read from standard input"));

        await using Stream input = settings.File is { } path ? File.OpenRead(Path.GetFullPath(path, Context.Folder)) : Context.OpenInput();
        var items = new ItemReader(input, settings.Separator, done, settings.Tag);
        using JobLog? log = settings.JobLog is { } logPath ? JobLog.Open(Path.GetFullPath(logPath, Context.Folder), settings.Resume) : null;
        var request = new MapRequest(
            settings.Command,
            settings.Shell,
            settings.Agent,
            items.ReadAsync(cancellationToken),
            limit ?? new TaskLimit(null),
            settings.Retries,
            settings.Timeout,
            settings.MemoryBytes,
            settings.Direct,
            settings.Supervised,
            words.GetValue(_force))
        {
            Halt = settings.Halt,
        };
        MapRecorder? recorder = null;
        ExitCode code = await RunAsync(words, token => project.StartMapAsync(request, token), _ => recorder = MakeView(words, settings, items, log));
        if (code == ExitCode.TaskFailed && recorder?.Summary is { Outcome: "halted" } summary && settings.Halt.IsSuccess(summary.Failed + summary.Dead))
            code = ExitCode.Success;
        if (items.Invalid == 0)
            return code;

        ReportInvalid(items);
        return code == ExitCode.Success ? ExitCode.TaskFailed : code;
    }

    private void ReportInvalid(ItemReader items)
    {
        foreach (string item in items.FirstInvalid)
            ErrorReport.Write(Context.Error, $"{item}: not UTF-8, not run", null);
        int rest = items.Invalid - items.FirstInvalid.Count;
        if (rest > 0)
            ErrorReport.Write(Context.Error, $"{Figures.Count(rest, "more item", "more items")} not UTF-8, not run", null);
    }

    private MapRecorder MakeView(ParseResult words, MapSettings settings, ItemReader items, JobLog? log)
    {
        IRunView view = WantsJson(words)
            ? new JsonPrinter(Context.Out, Context.Error)
            : new MapView(MakeScreen(words), new MapViewOptions(settings.KeepOrder, settings.Tag, IsQuiet(words)), items);
        return new MapRecorder(view, items, log);
    }
}
