using System.Collections;
using System.Collections.Immutable;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Plans;
using Plimsoll.Client.Projects;
using Plimsoll.Client.Reports;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Simulations;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Reports;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Simulations;
using Plimsoll.Journal.Stores;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Schema;

namespace Plimsoll.Daemon.Projects;

/// <summary>A project folder with its configuration and state: what every verb of the command line works on.</summary>
/// <remarks>Opening reads the configuration only; the state folder is made by the first run. Safe for use by several threads.</remarks>
public sealed class Project : IWorkDesk
{
    private readonly ProjectContext context;
    private readonly ImmutableArray<Plimsoll.Plans.Diagnostics.PlanDiagnostic> warnings;

    private Project(ProjectContext context, ImmutableArray<Plimsoll.Plans.Diagnostics.PlanDiagnostic> warnings)
    {
        this.context = context;
        this.warnings = warnings;
    }

    public ProjectOptions Options => context.Options;

    /// <summary>What the configuration warns about.</summary>
    public IReadOnlyList<DiagnosticView> Warnings => DiagnosticViews.Of(warnings);

    /// <summary>JSON Schema of plans.</summary>
    public static string Schema() => PlanSchema.Text;

    /// <summary>JSON Schema of plimsoll.yaml.</summary>
    public static string ConfigurationSchema() => Plimsoll.Plans.Schema.ConfigurationSchema.Text;

    /// <summary>Reads the configuration; refuses with all its errors.</summary>
    public static Outcome<Project> Open(ProjectOptions options, TimeProvider time)
    {
        Dictionary<string, string> environment = Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        ConfigurationOverride[] overrides =
            [.. options.Overrides.Select(pair => new ConfigurationOverride(pair.Key, pair.Value, Flag(pair.Key)))];
        ConfigurationResult result = ConfigurationLoader.Load(options.Folder, environment, overrides, options.ConfigFile);
        if (DiagnosticViews.AnyError(result.Diagnostics))
        {
            return new Refusal(ExitCode.Invalid, "the configuration cannot be used", null, DiagnosticViews.Of(result.Diagnostics));
        }

        var context = new ProjectContext(options, result.Configuration, environment, Environment.ProcessPath ?? "plimsoll", time);
        return JournalFactory.Check(context.Journal) is { } unusable
            ? new Refusal(ExitCode.Invalid, unusable)
            : new Project(context, result.Diagnostics);
    }

    /// <summary>A commented configuration with every option; the agents that were found are written out.</summary>
    public static string SampleConfiguration(IReadOnlyList<FoundAgentView> agents) =>
        ConfigurationLoader.Sample + FoundAgents.Configuration(agents);

    /// <summary>The agents Plimsoll has adapters for that are on the PATH.</summary>
    public static IReadOnlyList<FoundAgentView> FindAgents() => FoundAgents.OnPath();

    /// <summary>Compiles a plan and reports everything found; an unreadable file is a refusal, a wrong plan a report.</summary>
    public Outcome<PlanReportView> Check(PlanRequest request) =>
        new PlanReader(context).Compile(request, ImmutableDictionary<string, string>.Empty).TryGet(out CompileResult? result, out Refusal? refusal)
            ? PlanReports.Of(request, result, context.Executable)
            : refusal;

    /// <summary>Compiles, accepts (durably) and begins to run a plan.</summary>
    public Task<Outcome<RunSession>> StartRunAsync(RunRequest request, CancellationToken cancellationToken) =>
        new RunStarter(context).RunAsync(request, cancellationToken);

    /// <summary>Begins to run a command for each item; items are read as capacity allows.</summary>
    public Task<Outcome<RunSession>> StartMapAsync(MapRequest request, CancellationToken cancellationToken) =>
        new RunStarter(context).MapAsync(request, cancellationToken);

    /// <summary>Takes up an unfinished run: ends what is left of it, requeues that as lost, goes on.</summary>
    public Task<Outcome<RunSession>> ResumeAsync(ResumeRequest request, CancellationToken cancellationToken) =>
        new RunStarter(context).ResumeAsync(request, cancellationToken);

    /// <summary>Starts the gateway alone, as it is configured.</summary>
    /// <param name="port">Another port than the configured one.</param>
    /// <param name="notice">Told of what people should know.</param>
    public Task<Outcome<GatewaySession>> StartGatewayAsync(int? port, Action<string> notice, CancellationToken cancellationToken)
    {
        GatewaySettings settings = context.Configuration.Gateway;
        return GatewaySession.StartAsync(settings with { Port = port ?? settings.Port }, context.Environment, context.Time, notice, cancellationToken);
    }

    /// <summary>Starts the service: takes over what an earlier one left, listens, accepts and runs.</summary>
    /// <param name="notice">Told of what people should know.</param>
    public Task<Outcome<ServiceSession>> ServeAsync(ServiceRequest request, Action<string> notice, CancellationToken cancellationToken) =>
        ServiceSession.StartAsync(context, request, notice, cancellationToken);

    /// <summary>The service of this project's state folder, or the one that <c>PLIMSOLL_URL</c> or an option names.</summary>
    /// <param name="server">Null = what the environment says, else the state folder's own.</param>
    public Outcome<ServiceDoor> Knock(string? server) => ServiceDoor.Open(server, context);

    /// <summary>A service by its address; one is meant anyway when this process belongs to one of its tasks, or when it works on this state folder.</summary>
    /// <param name="server">Address as typed; null = find it.</param>
    public Outcome<ServiceDesk> Service(string? server) =>
        ServiceTarget.Find(server, context).TryGet(out ServiceTarget? target, out Refusal? refusal) ? new ServiceDesk(target.Connect(), target.Address.IsLocal) : refusal;

    /// <summary>True when this process belongs to a task of a service, or the user named one for all verbs.</summary>
    public bool NamesService => !string.IsNullOrEmpty(context.Environment.GetValueOrDefault("PLIMSOLL_URL"));

    /// <summary>How long work under way may go on after the first demand to stop.</summary>
    public TimeSpan StopPatience => context.Configuration.StopDrain;

    /// <summary>What happens now: asked of the service or the run that is live here; without one, the newest runs.</summary>
    public Task<Outcome<OverviewView>> OverviewAsync(CancellationToken cancellationToken) => new LiveOverview(context).ReadAsync(cancellationToken);

    /// <summary>Runs, newest first.</summary>
    public Task<Outcome<IReadOnlyList<RunView>>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        new JournalQueries(context).RunsAsync(limit, cancellationToken);

    public Task<Outcome<IReadOnlyList<TaskView>>> TasksAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        new JournalQueries(context).TasksAsync(filter, cancellationToken);

    /// <summary>All attempts of one task, or the last ones of all tasks of a run.</summary>
    public Task<Outcome<IReadOnlyList<AttemptView>>> AttemptsAsync(TaskAddress address, CancellationToken cancellationToken) =>
        new JournalQueries(context).AttemptsAsync(address, cancellationToken);

    /// <summary>Why a task is where it is; for a run: every task that neither runs nor has ended, the next in turn first.</summary>
    public Task<Outcome<IReadOnlyList<ExplanationView>>> ExplainAsync(TaskAddress address, int limit, CancellationToken cancellationToken) =>
        new RunChanges(context).ExplainAsync(address, limit, cancellationToken);

    public Task<Outcome<ChangeView>> CancelAsync(TaskAddress address, string reason, CancellationToken cancellationToken) =>
        new RunChanges(context).CancelAsync(address, reason, cancellationToken);

    /// <summary>Puts ended tasks back: one by name, or all failed and dead ones of a run.</summary>
    public Task<Outcome<ChangeView>> RetryAsync(TaskAddress address, CancellationToken cancellationToken) =>
        new RunChanges(context).RetryAsync(address, cancellationToken);

    /// <summary>Tasks that used up their retries, newest run first; of one run, or of all.</summary>
    public Task<Outcome<IReadOnlyList<DeadView>>> DeadAsync(TaskAddress address, CancellationToken cancellationToken) =>
        new DeadLetters(context).ListAsync(address, cancellationToken);

    /// <summary>Removes dead letters: they are listed no more, and their output goes.</summary>
    public Task<Outcome<PurgeView>> PurgeAsync(TaskAddress address, bool dryRun, CancellationToken cancellationToken) =>
        new DeadLetters(context).PurgeAsync(address, dryRun, cancellationToken);

    /// <summary>The limits of the live run, after the change that is asked for; or those an ended or interrupted run has.</summary>
    public Task<Outcome<LimitsView>> LimitsAsync(int? run, LimitsRequest change, CancellationToken cancellationToken) =>
        new RunLimits(context).AnswerAsync(run, change, cancellationToken);

    /// <summary>What was learned of each class of tasks, by name.</summary>
    public Task<Outcome<IReadOnlyList<ClassView>>> ClassesAsync(CancellationToken cancellationToken) =>
        new LearnedClasses(context).ListAsync(cancellationToken);

    /// <summary>Removes what is older or larger than wanted; evidence of running and dead tasks stays.</summary>
    public Task<Outcome<CleanView>> CleanAsync(CleanRequest request, CancellationToken cancellationToken) =>
        new Cleaning(context).CleanAsync(request, cancellationToken);

    /// <summary>Copies the journal into a new file, as it is at one moment; a live run or service goes on.</summary>
    /// <param name="file">Absolute path.</param>
    public Task<Outcome<BackupView>> BackUpAsync(string file, CancellationToken cancellationToken) => new JournalBackup(context).WriteAsync(file, cancellationToken);

    /// <summary>The changes of tasks with a worktree: one task, or all of a run.</summary>
    public Task<Outcome<IReadOnlyList<DiffView>>> DiffAsync(TaskAddress address, CancellationToken cancellationToken) =>
        new BranchChanges(context).DiffAsync(address, cancellationToken);

    /// <summary>Merges the branches of a run into the branch that is checked out.</summary>
    public Task<Outcome<MergeView>> MergeAsync(int? run, CancellationToken cancellationToken) =>
        new BranchChanges(context).MergeAsync(run, cancellationToken);

    /// <summary>Simulates tasks in virtual time under every policy, placement and seed asked for; nothing is started.</summary>
    /// <param name="said">Told what is simulated and how far it has come, now and then.</param>
    public Task<Outcome<SimulationReportView>> SimulateAsync(SimulationRequest request, Action<string> said, CancellationToken cancellationToken) =>
        new SimulationRunner(context).RunAsync(request, said, cancellationToken);

    /// <summary>What a change would do to the time the rest of a run takes, simulated from the journal.</summary>
    public Task<Outcome<WhatIfView>> WhatIfAsync(WhatIfRequest request, CancellationToken cancellationToken) =>
        new SimulationRunner(context).WhatIfAsync(
            request,
            context.Configuration.HostMemory?.Value ?? MachineMemoryBytes,
            context.Configuration.HostCores ?? Environment.ProcessorCount,
            cancellationToken);

    /// <summary>Memory of this machine or of the container it is.</summary>
    public static long MachineMemoryBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What this machine and project offer, and what is wrong with them.</summary>
    public Task<Outcome<DoctorView>> DoctorAsync(CancellationToken cancellationToken) =>
        new Doctor(context).ExamineAsync(cancellationToken);

    /// <summary>One run with its timeline, its remarkable tasks and what differs from earlier runs of the same name.</summary>
    public Task<Outcome<ReportView>> ReportAsync(TaskAddress address, CancellationToken cancellationToken) =>
        new ReportQueries(context).ReportAsync(address, cancellationToken);

    /// <summary>A run beside its predecessors, or beside other runs that are named.</summary>
    public Task<Outcome<RunComparisonView>> CompareAsync(TaskAddress address, IReadOnlyList<int> others, CancellationToken cancellationToken) =>
        new ReportQueries(context).CompareAsync(address, others, cancellationToken);

    /// <summary>Every setting in force with its origin.</summary>
    public IReadOnlyList<ConfigValueView> Configuration() =>
        [.. context.Configuration.Values.Select(value => new ConfigValueView(value.Key, value.Value, value.Origin, value.Description))];

    private static string Flag(string key) => key == "journal" ? "--journal" : $"--set {key}";
}
