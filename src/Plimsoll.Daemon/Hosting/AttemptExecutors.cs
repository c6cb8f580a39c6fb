using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Engine.InProcess;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Everything that executes attempts in this process, with one owner.</summary>
internal sealed class AttemptExecutors : IDisposable
{
    private readonly NoopExecutor noops;
    private readonly ProcessExecutor processes;
    private readonly WorkspaceQueue workspaces;

    public AttemptExecutors(
        TaskRegistry registry,
        ProjectState state,
        RunHostSettings settings,
        IInputSink inputs,
        Action<Exception> failed)
    {
        noops = new NoopExecutor(inputs, settings.Time, failed);
        workspaces = new WorkspaceQueue(state, settings.Launch.Folder, inputs, failed);
        processes = new ProcessExecutor(workspaces, state.Journal.Id, settings.Time, failed);
        workspaces.Processes = processes;
        Probe = new MemoryProbe(processes, _ => { });
        Dispatcher = new AttemptDispatcher(
            registry,
            new LaunchBuilder(state.Layout, settings.Launch, settings.Environment),
            noops,
            processes,
            workspaces)
        { Inputs = inputs };
    }

    public AttemptDispatcher Dispatcher { get; }

    public MemoryProbe Probe { get; }

    public Bytes ResidentOf(AttemptId attempt) => processes.ResidentOf(attempt);

    public void Dispose()
    {
        processes.Dispose();
        workspaces.Dispose();
        noops.Dispose();
        Probe.Dispose();
    }
}
