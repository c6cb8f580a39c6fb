using Plimsoll.Client.Events;
using Plimsoll.Client.Plans;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Watching;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Plans;

namespace Plimsoll.Daemon.Projects;

/// <summary>Brings a run to life in this process: a new plan, a map, or an interrupted run.</summary>
internal sealed class RunStarter(ProjectContext context)
{
    /// <summary>Accepts a compiled plan durably and begins to run it.</summary>
    public async Task<Outcome<RunSession>> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (!new PlanReader(context).Compile(request.Plan, request.Parameters).TryGet(out CompileResult? compiled, out Refusal? refusal))
        {
            return refusal;
        }

        IReadOnlyList<DiagnosticView> diagnostics = DiagnosticViews.Of(compiled.Diagnostics);
        if (compiled.Plan is not { } plan)
        {
            return new Refusal(ExitCode.Invalid, $"the plan {request.Plan.Name} cannot run", null, diagnostics);
        }

        Outcome<RunOrigin> origin = await RunOrigins.OfPlanAsync(context, plan, request, cancellationToken);
        if (!origin.TryGet(out RunOrigin? known, out refusal))
        {
            return refusal;
        }

        if (!(await ProjectState.OpenAsync(context, cancellationToken)).TryGet(out ProjectState? state, out refusal))
        {
            return refusal;
        }

        RunHost host = await HostAsync(state, new RunId(state.LastRun.Value + 1), known, HaltPolicy.Never, cancellationToken);
        KernelLimits limits = Limits.For(context.Configuration, plan, request.MaxConcurrent);
        if (!(await LinkAsync(host, plan.Block.CallsModels, cancellationToken)).TryGet(out RunRelay relay, out refusal))
        {
            await host.DisposeAsync();
            return refusal;
        }

        refusal = host.Equip(relay.Link) ?? Limits.NeverFitting(plan.Block, limits, host.Memory.Latest?.Memory);
        if (refusal is not null)
        {
            await host.DisposeAsync();
            return refusal;
        }

        PreflightCheck preflight = PreflightCheck.Of(host, limits, plan.Block, request.Force);
        host.Inputs.Post(Open(host.Run, plan.Name, known));
        host.Inputs.Post(new SetLimits(preflight.Limits, host.Run));
        host.Inputs.Post(new AddTasks(host.Run, Ranked(plan.Block, request.Plan.Format, host.Kernel), plan.Document));
        host.Inputs.Post(new SealRun(host.Run));
        var started = new RunStartedView(host.Clock.Now, host.Run.Value, plan.Name, plan.Block.Count, state.Layout.Root, false, preflight.View);
        return await BeginAsync(host, started, preflight, diagnostics);
    }

    /// <summary>Begins a map; its items are read and accepted while it runs.</summary>
    public async Task<Outcome<RunSession>> MapAsync(MapRequest request, CancellationToken cancellationToken)
    {
        if (!MapFeeder.Create(context, request).TryGet(out MapFeeder? feeder, out Refusal? refusal)
            || !(await ProjectState.OpenAsync(context, cancellationToken)).TryGet(out ProjectState? state, out refusal))
        {
            return refusal!;
        }

        var origin = new RunOrigin("map", null, context.Folder, null, request.Direct, request.Supervised);
        RunHost host = await HostAsync(state, new RunId(state.LastRun.Value + 1), origin, request.Halt, cancellationToken);
        if (!(await LinkAsync(host, feeder.Sketch.CallsModels, cancellationToken)).TryGet(out RunRelay relay, out refusal))
        {
            await host.DisposeAsync();
            return refusal;
        }

        if (host.Equip(relay.Link) is { } unusable)
        {
            await host.DisposeAsync();
            return unusable;
        }

        KernelLimits limits = Limits.For(context.Configuration, null, request.MaxConcurrent);
        PreflightCheck preflight = PreflightCheck.Of(host, limits, feeder.Sketch, request.Force);
        host.Inputs.Post(Open(host.Run, feeder.Name, origin));
        host.Inputs.Post(new SetLimits(preflight.Limits, host.Run));
        Outcome<RunSession> session = await BeginAsync(
            host, new RunStartedView(host.Clock.Now, host.Run.Value, feeder.Name, 0, state.Layout.Root, false, preflight.View), preflight, []);
        if (session.TryGet(out RunSession? begun, out _))
        {
            begun.Feed(token => feeder.FeedAsync(host, token));
        }

        return session;
    }

    /// <summary>Takes up an interrupted run: what is left of it is ended and requeued, nothing that finished runs again.</summary>
    public async Task<Outcome<RunSession>> ResumeAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        if (!(await ProjectState.OpenAsync(context, cancellationToken)).TryGet(out ProjectState? state, out Refusal? refusal))
        {
            return refusal;
        }

        bool begun = false;
        try
        {
            if (!(await InterruptedRuns.FindAsync(state.Reader, request.Run, cancellationToken)).TryGet(out RunRecord? record, out refusal))
            {
                return refusal;
            }

            RunOrigin origin = RunOrigin.Read(record.Origin);
            RunHost host = await HostAsync(state, record.Run, origin, HaltPolicy.Never, cancellationToken);
            KernelLimits? limits = await RecoverAsync(host, state, record.Run, cancellationToken);
            limits = Limits.Resumed(context.Configuration, limits, request.MaxConcurrent);
            IReadOnlyDictionary<AttemptId, Core.Lifecycle.ExitReport> ends = await Leftovers.EndAsync(host.Kernel, host.Registry, state, context, cancellationToken);
            if (!(await LinkAsync(host, host.Registry[record.Run].CallsModels, cancellationToken)).TryGet(out RunRelay relay, out refusal))
            {
                begun = true;
                await host.DisposeAsync();
                return refusal;
            }

            if (host.Equip(relay.Link) is { } unusable)
            {
                begun = true;
                await host.DisposeAsync();
                return unusable;
            }

            host.Inputs.Post(new SetLimits(limits, host.Run));
            host.Inputs.Post(new SetIntake(Paused: false, "resumed"));
            foreach ((AttemptId attempt, Core.Lifecycle.ExitReport report) in ends)
            {
                host.Inputs.Post(new AttemptEnded(attempt, report));
            }

            if (!record.Sealed)
            {
                host.Inputs.Post(new SealRun(record.Run));
            }

            begun = true;
            RunTasks tasks = host.Registry[record.Run];
            return await BeginAsync(
                host,
                new RunStartedView(host.Clock.Now, record.Run.Value, record.Name, tasks.Count, state.Layout.Root, true),
                new PreflightCheck(null, limits, null),
                []);
        }
        finally
        {
            if (!begun)
            {
                await state.DisposeAsync();
            }
        }
    }

    private static async Task<KernelLimits?> RecoverAsync(RunHost host, ProjectState state, RunId run, CancellationToken cancellationToken)
    {
        KernelLimits? limits = null;
        await foreach (Fact fact in state.Reader.FactsAsync(run, cancellationToken))
        {
            host.Recover(fact);
            limits = fact is LimitsChanged changed ? changed.Limits : limits;
        }

        host.Tally.BeginProcess();
        return limits;
    }

    private async Task<RunHost> HostAsync(ProjectState state, RunId run, RunOrigin origin, HaltPolicy halt, CancellationToken cancellationToken)
    {
        var ids = new TraceIds(state.Journal.Id, static _ => false);
        var launch = new LaunchSettings(
            origin.Folder, origin.Direct, DirectWhenBrief: origin.Kind == "map" && !origin.Supervised, context.Configuration.StopGrace)
        {
            Trace = ids.ParentFor,
        };
        var host = new RunHost(run, state, new RunHostSettings(
            context.Executable,
            context.Environment,
            launch,
            context.Configuration.StopDrain,
            WithCommands: origin.Kind == "map",
            context.Time)
        {
            Halt = halt,
            HostCgroup = context.Configuration.HostCgroup,
            Secrets = ProviderSecrets.Of(context.Configuration.Gateway),
        });
        foreach (string notice in state.Notices)
        {
            host.Events.Tell(new WarningView(host.Clock.Now, run.Value, "journal", notice));
        }

        OtlpOptions? asked = OtlpOptions.Read(context.Environment, state.Journal.Id, out IReadOnlyList<string> problems);
        if (asked is { Traces: not null } or { Logs: not null })
        {
            host.Telemetry = Export(host, asked, ids);
        }

        foreach (string problem in problems)
        {
            Warn(host, problem);
        }

        foreach (ClassLearned learned in await state.Reader.ProfilesAsync(cancellationToken))
        {
            host.Kernel.Fold(learned);
        }

        return host;
    }

    private Telemetry Export(RunHost host, OtlpOptions options, TraceIds ids) => new(options, null, host.Registry, ids, (context.Time, message => Warn(host, message)));

    private static void Warn(RunHost host, string message) => host.Events.Tell(new WarningView(host.Clock.Now, host.Run.Value, "telemetry", message));

    /// <summary>Starts the gateway of a run whose tasks use it; a run without such tasks does not even load it.</summary>
    private Task<Outcome<RunRelay>> LinkAsync(RunHost host, bool isUsed, CancellationToken cancellationToken) =>
        isUsed ? StartLinkAsync(host, cancellationToken) : Task.FromResult<Outcome<RunRelay>>(default(RunRelay));

    private async Task<Outcome<RunRelay>> StartLinkAsync(RunHost host, CancellationToken cancellationToken)
    {
        void Notice(string message) => host.Events.Tell(new WarningView(host.Clock.Now, host.Run.Value, "gateway", message));
        Outcome<GatewayLink> link = await GatewayLink.StartAsync(context.Configuration.Gateway, context.Environment, context.Time, Notice, cancellationToken);
        return link.TryGet(out GatewayLink? started, out Refusal? refusal) ? new RunRelay(started) : refusal;
    }

    /// <summary>Ranks by what earlier runs took; a recording knows better.</summary>
    private static TaskBlock Ranked(TaskBlock block, Requests.PlanFormat? format, Kernel kernel) =>
        format != Requests.PlanFormat.WfCommons && CriticalPath.Rank(block, kernel.DurationOf) is { } rank ? block with { Rank = rank } : block;

    private static OpenRun Open(RunId run, string name, RunOrigin origin) =>
        new(run.Value, name, origin.Write());

    private async Task<Outcome<RunSession>> BeginAsync(
        RunHost host, RunStartedView started, PreflightCheck preflight, IReadOnlyList<DiagnosticView> warnings)
    {
        DateTimeOffset began = host.Clock.Now;
        if (!started.Resumed)
        {
            foreach (DiagnosticView warning in warnings)
            {
                host.Events.Tell(new WarningView(began, host.Run.Value, "plan", $"{warning.File}:{warning.Line}:{warning.Column}: {warning.Message}. {warning.Cure}"));
            }
        }

        host.Events.Tell(started);
        if (preflight.Warning is { } excess)
        {
            host.Events.Tell(new WarningView(began, host.Run.Value, "memory", excess));
        }

        host.Begin();
        try
        {
            if (started.Resumed)
            {
                return Session(host, began, preflight.Limits);
            }

            await host.Watch.Accepted;
            return Session(host, began, preflight.Limits);
        }
        catch (JournalException error)
        {
            await host.DisposeAsync();
            return new Refusal(ExitCode.Environment, error.Message, "Nothing was accepted; put the journal right and run again.");
        }
    }

    private RunSession Session(RunHost host, DateTimeOffset began, KernelLimits limits) => new(
        host,
        new RunReports(new ProgressViews(host, began, limits), new SummaryBuilder(began)),
        ControlServer.Start(context.StateFolder, new RunControl(host), notice => host.Events.Tell(new WarningView(host.Clock.Now, host.Run.Value, "control", notice))),
        context.Time,
        new Cleaning(context).CleanWhenDueAsync);
}
