using Plimsoll.Client.Events;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Leases;
using Plimsoll.Daemon.Messages;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Daemon.Slack;
using Plimsoll.Daemon.Streaming;
using Plimsoll.Daemon.Watching;
using Plimsoll.Daemon.Watching.Logs;
using Plimsoll.Daemon.Watching.Metrics;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Serving;

/// <summary>The service: one loop for any number of runs, which takes over what an earlier service left and leaves to the next one what still runs.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>Why nothing starts while the service is being stopped; lifted by the next one, unlike a pause somebody asked for.</summary>
    private const string StopReason = "the service is being stopped";

    private readonly ServiceNotices notices;
    private readonly SubmissionKeys keys;
    private bool left;

    private ServiceHost(ProjectContext context, ProjectState state, ServiceNotices notices, ServiceLog? log, Func<AttemptId, IReadOnlyList<string>> reach)
    {
        Context = context;
        this.notices = notices;
        TraceIds? traces = null;
        Loop = new LoopHost(state, Settings(context, reach, attempt => traces!.ParentFor(attempt)))
        {
            Notice = notices.Tell,
            Trouble = message =>
            {
                notices.TellTrouble(message);
                Events!.Tell(new WarningView(Loop!.Clock.Now, 0, "journal", message ?? "the journal can be written again"));
            },
            Hanging = (attempt, _) =>
            {
                Agents!.Hangs(attempt);
                notices.Tell($"attempt {attempt.Number} of task {attempt.Task} lives on after SIGKILL, so it hangs in the kernel: look for a dead disk or mount");
            },
            Over = error =>
            {
                Intake!.Abandon(error);
                Audit!.Abandon(error);
                Messages!.Abandon(error);
            },
        };
        Audit = new AuditTrail(Loop, context.Time);
        Tokens = new TokenBook(Audit, context.Time);
        keys = new SubmissionKeys(context.Time);
        Intake = new Intake(Loop, keys, Lineage, () => new RunOrigin(Inbox.Kind, null, context.Folder, null, Direct: false).Write());
        Limits = new NodeLimits(Loop, Audit, context.Configuration);
        Plans = new PlanIntake(this, keys);
        Shelf = new RunShelf(Loop);
        Pool = new PoolTally();
        IntakeDesk = new IntakeDesk(Loop, Audit, Pool, context.Time);
        Intake.Barred = () => IntakeDesk.Refusing;
        Agents = new AgentDesk(this);
        Leases = new LeaseBook(Loop.Inputs, context.Time);
        Loop.Leases = Leases;
        Waits = new TaskWaits(Loop, context.Time);
        Usage = new UsageTally();
        Messages = new MessageDesk(this);
        Events = new EventFeed(state.Journal.Epoch, context.Time);
        traces = Lookout.IdsOf(state.Journal.Id, Loop.Registry);
        Lookout = new Lookout(Loop, context, notices.Tell, log);
        notices.Logged = message => Log?.Notice(message);
    }

    public ProjectContext Context { get; }

    public LoopHost Loop { get; }

    public Intake Intake { get; }

    /// <summary>Accepts plans.</summary>
    public PlanIntake Plans { get; }

    /// <summary>The limits that all runs share.</summary>
    public NodeLimits Limits { get; }

    /// <summary>Which task submitted what.</summary>
    public Lineage Lineage { get; } = new();

    /// <summary>Carries out changes and keeps who wanted them.</summary>
    public AuditTrail Audit { get; }

    /// <summary>Named tokens with a scope.</summary>
    public TokenBook Tokens { get; }

    /// <summary>Finished runs that are still in memory.</summary>
    public RunShelf Shelf { get; }

    /// <summary>What the pool of slots did and does.</summary>
    public PoolTally Pool { get; }

    /// <summary>Capacity and locks that are held without a process of ours.</summary>
    public LeaseBook Leases { get; }

    /// <summary>Who waits for tasks and runs to end.</summary>
    public TaskWaits Waits { get; }

    /// <summary>What attempts used of models, for budgets.</summary>
    public UsageTally Usage { get; }

    /// <summary>What happens, for those who watch.</summary>
    public EventFeed Events { get; }

    /// <summary>Everything that watches the service.</summary>
    public Lookout Lookout { get; }

    /// <summary>What was answered, for metrics and alerts.</summary>
    public RequestCounter Requests => Lookout.Requests;

    /// <summary>Where lines of the log go; null = notices are told as text, and nothing else is.</summary>
    public LogFan? Log => Lookout.Log;

    /// <summary>Series and alerts.</summary>
    public WatchService Watch => Lookout.Watch;

    /// <summary>Pauses, drains and resumes.</summary>
    public IntakeDesk IntakeDesk { get; }

    /// <summary>What the agents do.</summary>
    public AgentDesk Agents { get; }

    /// <summary>What Prometheus reads.</summary>
    public ServiceMetrics Metrics => Lookout.Metrics;

    /// <summary>Takes messages, and answers for the agents that were asked.</summary>
    public MessageDesk Messages { get; }

    /// <summary>Mirrors channels in Slack; null when none is.</summary>
    public SlackAdapter? Slack { get; private set; }

    /// <summary>Compiled definitions of submitted tasks.</summary>
    public required WorkCache Works { get; init; }

    /// <summary>What was found at the start: attempts that live on, that are being ended, and that had ended.</summary>
    public Adoption Adopted { get; private set; } = new([], [], new Dictionary<AttemptId, Core.Lifecycle.ExitReport>());

    /// <summary>How many tasks can run at once: as configured, or as memory carries at present.</summary>
    public int PoolSize => (Limits.Current is { } limits ? limits.Concurrency.Maximum : null) ?? PoolRoom.Of(Loop.Memory.Latest?.Memory, Pool.Running);

    /// <summary>Ends when the service cannot go on: faulted, its journal is lost.</summary>
    public Task Ended => Loop.Ended;

    /// <summary>Takes the state folder, rebuilds every unfinished run, takes over what lives, and begins to decide.</summary>
    /// <param name="reach">What an attempt is told of how to reach the service.</param>
    public static async Task<Outcome<ServiceHost>> StartAsync(
        ProjectContext context, ServiceRequest request, Action<string> notice, Func<AttemptId, IReadOnlyList<string>> reach, CancellationToken cancellationToken)
    {
        if (!(await ProjectState.OpenAsync(context, cancellationToken)).TryGet(out ProjectState? state, out Refusal? refusal))
        {
            return refusal;
        }

        var host = new ServiceHost(context, state, new ServiceNotices(notice), request.Log, reach) { Works = new WorkCache(context.Configuration) };
        try
        {
            refusal = await host.BeginAsync(request, cancellationToken);
        }
        catch (Exception error) when (error is JournalException or IOException)
        {
            refusal = new Refusal(ExitCode.Environment, error.Message);
        }

        if (refusal is not null)
        {
            await host.DisposeAsync();
            return refusal;
        }

        return host;
    }

    /// <summary>True while an attempt of this service runs.</summary>
    public bool IsLive(AttemptId attempt) => Pool.IsLive(attempt);

    /// <summary>Accepts and starts nothing more; ends when nothing runs any more or the wait is over.</summary>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Intake.Close();
        Loop.Inputs.Post(new SetIntake(Paused: true, StopReason));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            while (!Loop.Ended.IsCompleted && await Loop.Calls.AskAsync((kernel, _) => kernel.LiveAttempts().Count(attempt => !Leases.Has(attempt.Task))).WaitAsync(limit.Token) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Context.Time, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What still runs is left to the next service.
        }
    }

    /// <summary>Leaves what still runs to the next service.</summary>
    /// <returns>The attempts that live on.</returns>
    public IReadOnlyList<AttemptId> Leave()
    {
        left = true;
        return Loop.Leave();
    }

    public async ValueTask DisposeAsync()
    {
        Intake.Close();
        if (!left)
        {
            Leave();
        }

        await Lookout.DisposeAsync();
        if (Slack is not null)
        {
            await Slack.DisposeAsync();
        }

        await Messages.DisposeAsync();
        await Leases.DisposeAsync();
        await Loop.DisposeAsync();
        await Intake.DisposeAsync();
        await Events.DisposeAsync();
        Limits.Dispose();
    }

    private static RunHostSettings Settings(ProjectContext context, Func<AttemptId, IReadOnlyList<string>> reach, Func<AttemptId, string> trace) => new(
        context.Executable,
        context.Environment,
        new LaunchSettings(context.Folder, Direct: false, DirectWhenBrief: false, context.Configuration.StopGrace) { Reach = reach, Trace = trace },
        context.Configuration.StopDrain,
        WithCommands: false,
        context.Time)
    {
        HostCgroup = context.Configuration.HostCgroup,
        Secrets = new HashSet<string>([.. ProviderSecrets.Of(context.Configuration.Gateway), .. SlackSecrets.Variables(context.Configuration)], StringComparer.Ordinal),
    };

    private async Task<Refusal?> BeginAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        Inbox? inbox = await RecoverAsync(cancellationToken);
        await keys.LoadAsync(Loop.State.Reader, cancellationToken);
        await Lineage.LoadAsync(Loop.State.Reader, cancellationToken);
        await Audit.LoadAsync(Loop.State.Reader, cancellationToken);
        await Tokens.LoadAsync(Loop.State.Reader, cancellationToken);
        await IntakeDesk.LoadAsync(Loop.State.Reader, cancellationToken);
        GatewayLink? link = null;
        if (!Context.Configuration.Gateway.Providers.IsEmpty
            && !(await GatewayLink.StartAsync(Context.Configuration.Gateway, Context.Environment, Context.Time, notices.Tell, cancellationToken, Lookout.Meters)).TryGet(out link, out Refusal? refusal))
        {
            return refusal;
        }

        if (Loop.Equip(Usage, link) is { } unusable)
        {
            return unusable;
        }

        if (await Messages.LoadAsync(cancellationToken) is { } mute)
        {
            return mute;
        }

        if (!SlackAdapter.Open(this, notices.Tell).TryGet(out SlackAdapter? slack, out Refusal? unsigned))
        {
            return unsigned;
        }

        Slack = slack;

        IReadOnlyList<AttemptTrace> left = await Leftovers.TracesAsync(Loop.Kernel, Loop.Registry, Loop.State, Context, cancellationToken);
        Adopted = Loop.Adopt([.. left.Where(trace => !Leases.Has(trace.Attempt.Task))]);
        KernelLimits limits = NodeLimits.Begin(Projects.Limits.For(Context.Configuration, null, request.MaxConcurrent), Loop.Kernel.Limits);
        Loop.Inputs.Post(new SetLimits(limits));
        Loop.Inputs.Post(IntakeDesk.Beginning);
        Loop.Begin([Limits, Usage, new FactEvents(Events, Loop.Registry, Pool, Usage), Pool, .. request.IsUnwatched ? [] : Lookout.Observers, Leases, Waits, Intake, Audit, Shelf, Messages], () => false);
        Leases.Begin(Pool.IsLive);
        Intake.Begin(inbox);
        Lookout.Begin(this, !request.IsUnwatched);
        Messages.Begin();
        return null;
    }

    /// <summary>Folds the journal; runs that were being opened when the service died get no more tasks and are sealed.</summary>
    private async Task<Inbox?> RecoverAsync(CancellationToken cancellationToken)
    {
        var open = new Dictionary<RunId, RunOpened>();
        await foreach (Fact fact in Loop.State.Journal.RecoverAsync(cancellationToken))
        {
            Loop.Recover(fact);
            Pool.Recover(fact);
            Lookout.Recover(fact);
            Leases.Fold(fact);
            switch (fact)
            {
                case RunOpened opened:
                    open.Add(opened.Run, opened);
                    break;
                case RunSealed { Run: var run }:
                    open.Remove(run);
                    break;
                case RunCancelled { Run: var run }:
                    open.Remove(run);
                    break;
                case ModelUsed used:
                    Usage.Observe(used);
                    break;
            }
        }

        RunId? inbox = open.Values.Where(run => RunOrigin.Read(run.Origin).Kind == Inbox.Kind).Select(run => (RunId?)run.Run).LastOrDefault();
        foreach (RunId run in open.Keys.Where(run => run != inbox))
        {
            Loop.Inputs.Post(new SealRun(run));
        }

        return inbox is { } found ? new Inbox(found, Loop.Registry[found].Count) : null;
    }
}
