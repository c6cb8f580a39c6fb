using Plimsoll.Client.Plans;
using Plimsoll.Client.Projects;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>A project folder with its configuration and state: what every verb of the command line works on.</summary>
/// <remarks>Opening reads the configuration only; the state folder is made by the first run. Safe for use by several threads.</remarks>
public sealed class Project
{
    private Project(ProjectOptions options) => Options = options;

    public ProjectOptions Options { get; }

    /// <summary>Reads the configuration; refuses with all its errors.</summary>
    public static Outcome<Project> Open(ProjectOptions options, TimeProvider time)
    {
        _ = time;
        return new Project(options);
    }

    /// <summary>JSON Schema of plans.</summary>
    public static string Schema() => throw new NotSupportedException();

    /// <summary>A commented configuration with every option; <paramref name="agents"/> are written out, the rest is commented.</summary>
    public static string SampleConfiguration(IReadOnlyList<FoundAgentView> agents) => throw new NotSupportedException($"{agents}");

    /// <summary>The agents Plimsoll has adapters for that are on the PATH.</summary>
    public static IReadOnlyList<FoundAgentView> FindAgents() => throw new NotSupportedException();

    /// <summary>Compiles a plan and reports everything found; an unreadable file is a refusal, a wrong plan a report.</summary>
    public Outcome<PlanReportView> Check(PlanRequest request) => this.Todo();

    /// <summary>Compiles, accepts (durably) and begins to run a plan.</summary>
    public Task<Outcome<RunSession>> StartRunAsync(RunRequest request, CancellationToken cancellationToken) => this.Todo<RunSession>(cancellationToken);

    /// <summary>Begins to run a command for each item; items are read as capacity allows.</summary>
    public Task<Outcome<RunSession>> StartMapAsync(MapRequest request, CancellationToken cancellationToken) => this.Todo<RunSession>(cancellationToken);

    /// <summary>Takes up an unfinished run: ends what is left of it, requeues that as lost, goes on.</summary>
    public Task<Outcome<RunSession>> ResumeAsync(ResumeRequest request, CancellationToken cancellationToken) => this.Todo<RunSession>(cancellationToken);

    /// <summary>Runs, newest first.</summary>
    public Task<Outcome<IReadOnlyList<RunView>>> RunsAsync(int limit, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<RunView>>(cancellationToken);

    public Task<Outcome<IReadOnlyList<TaskView>>> TasksAsync(TaskFilter filter, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<TaskView>>(cancellationToken);

    /// <summary>All attempts of one task, or the last ones of all tasks of a run.</summary>
    public Task<Outcome<IReadOnlyList<AttemptView>>> AttemptsAsync(TaskAddress address, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<AttemptView>>(cancellationToken);

    /// <summary>Why a task is where it is; for a run: every task that neither runs nor has ended, the next in turn first.</summary>
    public Task<Outcome<IReadOnlyList<ExplanationView>>> ExplainAsync(TaskAddress address, int limit, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<ExplanationView>>(cancellationToken);

    public Task<Outcome<ChangeView>> CancelAsync(TaskAddress address, string reason, CancellationToken cancellationToken) => this.Todo<ChangeView>(cancellationToken);

    /// <summary>Puts ended tasks back: one by name, or all failed and dead ones of a run.</summary>
    public Task<Outcome<ChangeView>> RetryAsync(TaskAddress address, CancellationToken cancellationToken) => this.Todo<ChangeView>(cancellationToken);

    /// <summary>Tasks that ended badly, newest run first; of one run, or of all.</summary>
    public Task<Outcome<IReadOnlyList<DeadView>>> DeadAsync(TaskAddress address, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<DeadView>>(cancellationToken);

    /// <summary>Changes the limit of the live run of this project.</summary>
    public Task<Outcome<ChangeView>> RetuneAsync(TaskLimit limit, CancellationToken cancellationToken) => this.Todo<ChangeView>(cancellationToken);

    public Task<Outcome<CleanView>> CleanAsync(CleanRequest request, CancellationToken cancellationToken) => this.Todo<CleanView>(cancellationToken);

    /// <summary>The changes of tasks with a worktree: one task, or all of a run.</summary>
    public Task<Outcome<IReadOnlyList<DiffView>>> DiffAsync(TaskAddress address, CancellationToken cancellationToken) => this.Todo<IReadOnlyList<DiffView>>(cancellationToken);

    /// <summary>Merges the branches of a run into the branch that is checked out.</summary>
    public Task<Outcome<MergeView>> MergeAsync(int? run, CancellationToken cancellationToken) => this.Todo<MergeView>(cancellationToken);

    public Task<Outcome<DoctorView>> DoctorAsync(CancellationToken cancellationToken) => this.Todo<DoctorView>(cancellationToken);

    /// <summary>Every setting in force with its origin.</summary>
    public IReadOnlyList<ConfigValueView> Configuration() => [new("state", Options.StateFolder ?? ".plimsoll", "default", null)];

    private Refusal Todo() => new(ExitCode.Internal, $"not connected yet for {Options.Folder}");

    private Task<Outcome<T>> Todo<T>(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Outcome<T>>(Todo());
    }
}
