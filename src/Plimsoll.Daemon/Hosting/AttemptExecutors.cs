using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.InProcess;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Everything that executes attempts in this process, with one owner.</summary>
internal sealed class AttemptExecutors : IDisposable
{
    private readonly NoopExecutor noops;
    private readonly ProcessExecutor processes;
    private readonly WorkspaceQueue workspaces;
    private readonly TaskParent? parent;
    private readonly NodeProbe probe;
    private readonly PressureControl control;
    private readonly ModelCallExecutor? calls;
    private readonly TaskRegistry registry;
    private bool released;

    public AttemptExecutors(
        TaskRegistry registry,
        ProjectState state,
        RunHostSettings settings,
        RunHostOutlets outlets)
    {
        this.registry = registry;
        parent = TaskParent.TryOpen(
            new IsolationOptions(state.Journal.Id) { HostCgroup = settings.HostCgroup, JoinHost = settings.HostCgroup is not null }, outlets.Notice, out string? refusal);
        HostRefusal = settings.HostCgroup is null ? null : refusal;
        IInputSink ends = outlets.Gateway is { } link ? new MeteredEnds(link, outlets.Inputs) : outlets.Inputs;
        calls = outlets.Gateway is { } gateway ? new ModelCallExecutor(gateway, ends, outlets.Failed) : null;
        noops = new NoopExecutor(outlets.Inputs, settings.Time, outlets.Failed);
        workspaces = new WorkspaceQueue(state, settings.Launch.Folder, ends, settings.Time, outlets.Failed);
        processes = new ProcessExecutor(workspaces, state.Journal.Id, settings.Time, outlets.Failed, parent) { Notice = outlets.Notice };
        workspaces.Processes = processes;
        probe = new NodeProbe(processes, parent, null, settings.Time, outlets.Notice);
        control = new PressureControl(processes, parent, outlets.Failed) { Gateway = outlets.Gateway };
        Watch = new NodeWatch(probe, control, new NodeWatchOutlets(outlets.Inputs, outlets.Clock, outlets.Failed), new PressureAlarm(parent));
        Dispatcher = new AttemptDispatcher(
            registry,
            new LaunchBuilder(state.Layout, settings.Launch, settings.Environment, settings.Secrets),
            noops,
            processes,
            workspaces)
        {
            Inputs = ends,
            Calls = calls,
            Leases = outlets.Leases,
            Gateway = outlets.Gateway is { } relay ? new AttemptCallers(relay, outlets.Usage!) : null,
        };
    }

    /// <summary>Why the cgroup that is to play the host cannot be used; null when it can, or none is asked for.</summary>
    public string? HostRefusal { get; }

    /// <summary>Told once of an attempt that outlives SIGKILL.</summary>
    public Action<AttemptId> Hanging
    {
        set => processes.Hanging = value;
    }

    public AttemptDispatcher Dispatcher { get; }

    /// <summary>Reads and guards this machine.</summary>
    public NodeWatch Watch { get; }

    public Bytes ResidentOf(AttemptId attempt) => processes.ResidentOf(attempt);

    /// <inheritdoc cref="ProcessExecutor.FootprintOf"/>
    public AttemptFootprint? FootprintOf(AttemptId attempt) => processes.FootprintOf(attempt);

    /// <inheritdoc cref="ProcessExecutor.Adopt"/>
    public Adoption Adopt(IReadOnlyList<AttemptTrace> attempts)
    {
        foreach (AttemptTrace attempt in attempts)
            workspaces.Adopt(attempt.Attempt, registry[attempt.Attempt.Task.Run]);

        return processes.Adopt(attempts);
    }

    /// <summary>Leaves supervised attempts to the next process; the loop has ended. What remains is to dispose.</summary>
    /// <returns>Those that live on.</returns>
    public IReadOnlyList<AttemptId> Release()
    {
        if (released)
            return [];

        // The guard goes first, so that nothing is frozen behind its back.
        released = true;
        Watch.Dispose();
        control.Dispose();
        workspaces.Close();
        return processes.Release();
    }

    public void Dispose()
    {
        // The guard goes first, because it reads what the others own; what is left is ended, and nothing is admitted any more.
        if (!released)
        {
            Watch.Dispose();
            control.Dispose();
        }

        processes.Dispose();
        workspaces.Dispose();
        calls?.Dispose();
        noops.Dispose();
        probe.Dispose();
        if (released)
            parent?.Leave();
        else
            parent?.Dispose();
    }
}
