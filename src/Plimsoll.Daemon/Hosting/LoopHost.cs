using Plimsoll.Core;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Leases;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Loop;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>One kernel in this process with its journal, loop, executors and probes, for one run or for many; with one owner.</summary>
internal sealed class LoopHost : IAsyncDisposable
{
    private readonly CancellationTokenSource abandon = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunHostSettings settings;
    private AttemptExecutors? executors;
    private GatewayLink? gateway;
    private OwnedThread? thread;
    private volatile string? journalTrouble; // written by the loop, read by anyone

    public LoopHost(ProjectState state, RunHostSettings settings)
    {
        State = state;
        this.settings = settings;
        Kernel = new Kernel(new KernelStart(settings.Seed, state.Journal.Epoch, state.LastRun));
        Registry = new TaskRegistry(settings.Executable);
        Inputs = new InputQueue();
        Calls = new LoopCalls(Inputs);
        Clock = new KernelClock(settings.Time, state.Journal.LastAt);
    }

    /// <summary>Gets, in a sentence, what does not work as asked.</summary>
    public required Action<string> Notice { private get; init; }

    /// <summary>Told when commits begin to fail, and with null when they work again; by the loop.</summary>
    public required Action<string?> Trouble { private get; init; }

    /// <summary>Told, on the loop's thread, of an attempt that lives on after SIGKILL.</summary>
    public required Action<AttemptId, DateTimeOffset> Hanging { private get; init; }

    /// <summary>Told once when the loop has ended; with an exception when it could not go on. By any thread.</summary>
    public required Action<Exception?> Over { private get; init; }

    public ProjectState State { get; }

    public Kernel Kernel { get; }

    public TaskRegistry Registry { get; }

    public InputQueue Inputs { get; }

    public LoopCalls Calls { get; }

    public KernelClock Clock { get; }

    /// <summary>Ends when the loop has ended; faulted when it could not go on.</summary>
    public Task Ended => ended.Task;

    /// <summary>Why the journal cannot be written at the moment; null while it can.</summary>
    public string? JournalTrouble => journalTrouble;

    /// <summary>Reads and guards the machine; only once <see cref="Equip"/> was called.</summary>
    public NodeWatch Memory => executors!.Watch;

    /// <summary>Executes attempts; only once <see cref="Equip"/> was called.</summary>
    public AttemptExecutors Executors => executors!;

    /// <summary>The gateway of its tasks; null when it hosts none.</summary>
    public GatewayLink? Gateway => gateway;

    /// <summary>Leases of a service; set before <see cref="Equip"/>, null in a run.</summary>
    public LeaseBook? Leases { get; set; }

    /// <summary>Resident memory of an attempt at the last sample.</summary>
    public Bytes ResidentOf(AttemptId attempt) => executors!.ResidentOf(attempt);

    /// <summary>Takes a fact of the journal before the loop begins.</summary>
    public void Recover(Fact fact)
    {
        Kernel.Fold(fact);
        Registry.Fold(fact);
    }

    /// <summary>Makes what executes and watches attempts; not before what an earlier process left behind is settled.</summary>
    /// <param name="link">Relays model calls; owned by the host from now on, null when no task makes any.</param>
    /// <returns>Why it cannot go on as it is configured, or null.</returns>
    public Refusal? Equip(UsageTally usage, GatewayLink? link)
    {
        gateway = link;
        var outlets = new RunHostOutlets(Inputs, Clock, Notice, Fail) { Gateway = link, Usage = usage, Leases = Leases };
        executors = new AttemptExecutors(Registry, State, settings, outlets) { Hanging = TellHanging };
        link?.Begin(Inputs, Fail);
        return executors.HostRefusal is { } refusal ? new Refusal(ExitCode.Environment, refusal, null) : null;
    }

    /// <summary>Takes over attempts that an earlier process left alive; after <see cref="Equip"/>, before the loop begins.</summary>
    public Adoption Adopt(IReadOnlyList<AttemptTrace> attempts) => executors!.Adopt(attempts);

    /// <summary>Ends the loop and leaves supervised attempts to the next process, which finds out what was not recorded.</summary>
    /// <returns>Those that live on.</returns>
    public IReadOnlyList<AttemptId> Leave()
    {
        abandon.Cancel();
        thread?.Dispose();
        return executors?.Release() ?? [];
    }

    /// <summary>Starts to decide; <see cref="Equip"/> comes first.</summary>
    /// <param name="observers">See durable facts after the registry, in this order.</param>
    /// <param name="isDone">Asked after each turn with nothing left to commit; true ends the loop.</param>
    public void Begin(IReadOnlyList<IFactObserver> observers, Func<bool> isDone)
    {
        var ports = new LoopPorts(State.Journal, executors!.Dispatcher, Registry, [Registry, .. observers], Report, Calls)
        {
            Guard = executors.Watch.Update,
        };
        var loop = new SchedulerLoop(Kernel, ports, Inputs, Clock, _ => isDone());
        thread = new OwnedThread(nameof(LoopHost), "loop", () => Loop(loop), Fail);
        thread.Start();
    }

    /// <summary>Ends the loop without its last commits.</summary>
    public void Abandon() => abandon.Cancel();

    /// <summary>Nothing is decided any more: the journal is lost, or a bug.</summary>
    public void Fail(Exception error)
    {
        Over(error);
        ended.TrySetException(error);
        abandon.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await abandon.CancelAsync();
        thread?.Dispose();
        executors?.Dispose();
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        await State.DisposeAsync();
        Inputs.Dispose();
        abandon.Dispose();
    }

    private void Loop(SchedulerLoop loop)
    {
        loop.Run(abandon.Token);
        Over(null);
        ended.TrySetResult();
    }

    private void Report(string? message)
    {
        journalTrouble = message;
        Trouble(message);
    }

    /// <summary>Names belong to the loop's thread, so it tells.</summary>
    private void TellHanging(AttemptId attempt) => _ = Calls.AskAsync((_, now) =>
    {
        Hanging(attempt, now);
        return true;
    });
}
