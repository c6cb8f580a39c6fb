namespace Plimsoll.Cli.Commands;

/// <summary>All verbs, in the order of the help.</summary>
internal static class VerbTable
{
    private const string Run = "Run";
    private const string Look = "Look";
    private const string Change = "Change";
    private const string Prepare = "Prepare";

    public static IReadOnlyList<VerbEntry> All { get; } =
    [
        new(Run, "run", "Run a plan", context => new RunCommand(context)),
        new(Run, "map", "Run a command once for each line of standard input", context => new MapCommand(context)),
        new(Run, "resume", "Go on with an unfinished run", context => new ResumeCommand(context)),
        new(Run, "serve", "Run the service: accept tasks, keep them, run them", context => new ServeCommand(context)),
        new(Run, "submit", "Hand a task, many or a plan to the service", context => new SubmitCommand(context)),
        new(Run, "gateway", "Run the gateway alone, for programs that are no tasks", context => new GatewayCommand(context)),
        new(Run, "lease", "Run a command while it holds memory, cores or locks of a service", context => new LeaseCommand(context)),
        new(Run, "mcp", "Let an agent use a service: the Model Context Protocol on standard input and output", context => new McpCommand(context)),
        new(Look, "status", "Show runs, tasks and attempts", context => new StatusCommand(context)),
        new(Look, "top", "Show what happens now, live", context => new TopCommand(context)),
        new(Look, "why", "Explain why a task is where it is", context => new WhyCommand(context)),
        new(Look, "logs", "Print what a task wrote", context => new LogsCommand(context)),
        new(Look, "dead", "List the tasks that used up their retries, or purge them", context => new DeadCommand(context)),
        new(Look, "limits", "Show the limits of a run, or change them while it runs", context => new LimitsCommand(context)),
        new(Look, "classes", "Show what tasks of each class were seen to need", context => new ClassesCommand(context)),
        new(Look, "report", "Write a run as one HTML file", context => new ReportCommand(context)),
        new(Look, "compare", "Compare a run with earlier ones", context => new CompareCommand(context)),
        new(Look, "diff", "Show the changes tasks made in their worktrees", context => new DiffCommand(context)),
        new(Change, "cancel", "Cancel a run or a task", context => new CancelCommand(context)),
        new(Change, "retry", "Put failed and dead tasks back", context => new RetryCommand(context)),
        new(Change, "merge", "Merge the branches of a run", context => new MergeCommand(context)),
        new(Change, "token", "List, make or end tokens of the service", context => new TokenCommand(context)),
        new(Change, "clean", "Remove what is old", context => new CleanCommand(context)),
        new(Change, "backup", "Copy the journal into a file", context => new BackupCommand(context)),
        new(Prepare, "init", "Write plimsoll.yaml", context => new InitCommand(context)),
        new(Prepare, "check", "Check a plan", context => new CheckCommand(context)),
        new(Prepare, "schema", "Print the JSON Schema of plans", context => new SchemaCommand(context)),
        new(Prepare, "config", "Show every setting and where it comes from", context => new ConfigCommand(context)),
        new(Prepare, "doctor", "Check this machine and project", context => new DoctorCommand(context)),
        new(Prepare, "burn", "Hold memory for a time: a synthetic job", context => new BurnCommand(context)),
        new(Prepare, "bench", "Measure jobs, this machine, and Plimsoll beside its rivals", context => new BenchCommand(context)),
        new(Prepare, "simulate", "Simulate a plan on machines you need not have", context => new SimulateCommand(context)),
        new(Prepare, "completion", "Print a completion script for a shell", context => new CompletionCommand(context)),
    ];

    public static VerbEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
