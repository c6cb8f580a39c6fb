using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Mapping;
using Plimsoll.Cli.Running;
using Plimsoll.Daemon.Hosting;
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

        IReadOnlySet<long> done = settings.JobLog is { } path && settings.Resume
            ? JobLog.ReadDone(Path.GetFullPath(path, Context.Folder), settings.OnlySucceededAreDone)
            : new HashSet<long>();
        await using Stream input = settings.File is { } file ? File.OpenRead(Path.GetFullPath(file, Context.Folder)) : Context.OpenInput();
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
            words.GetValue(_force));
        ExitCode code = await RunAsync(words, token => project.StartMapAsync(request, token), session => MakeView(words, settings, items, log, session));
        if (items.Invalid == 0)
            return code;

        ErrorReport.Write(Context.Error, $"{items.Invalid} items are not UTF-8 and were not run", null);
        return code == ExitCode.Success ? ExitCode.TaskFailed : code;
    }

    private IRunView MakeView(ParseResult words, MapSettings settings, ItemReader items, JobLog? log, RunSession session)
    {
        if (WantsJson(words))
            return new JsonPrinter(Context.Out, Context.Error);
        var view = new MapViewOptions(settings.KeepOrder, settings.Tag, IsQuiet(words), settings.Halt);
        return new MapView(MakeScreen(words), view, items, log, now => session.Stop(now ? StopMode.Immediate : StopMode.Drain));
    }
}
