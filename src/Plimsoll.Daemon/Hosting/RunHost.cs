using Plimsoll.Client.Events;
using Plimsoll.Core;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Loop;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The composition for one run in this process: kernel, journal, loop, executors and probes, with one owner.</summary>
internal sealed class RunHost : IAsyncDisposable
{
    private readonly ProjectState state;
    private readonly CancellationTokenSource abandon = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunHostSettings settings;
    private readonly RunWatch watch;
    private AttemptExecutors? executors;
    private GatewayLink? gateway;
    private OwnedThread? thread;
    private volatile string? journalTrouble; // written by the loop, read by anyone

    public RunHost(RunId run, ProjectState state, RunHostSettings settings)
    {
        this.state = state;
        this.settings = settings;
        Run = run;
        Kernel = new Kernel(new KernelStart(settings.Seed, state.Journal.Epoch, state.LastRun));
        Registry = new TaskRegistry(settings.Executable);
        Tally = new RunTally(run, Registry, state.Layout);
        watch = new RunWatch(run, Tally);
        Halt = new HaltWatch(run, settings.Halt, mode => Stopper!.Stop(mode), warning => Events!.Tell(warning));
        Events = new RunEvents(run, Registry, Tally, state.Layout) { WithCommands = settings.WithCommands };
        Window = new FeedWindow(run, settings.FeedAhead);
        Inputs = new InputQueue();
        Calls = new LoopCalls(Inputs);
        Clock = new KernelClock(settings.Time, state.Journal.LastAt);
        Stopper = new RunStopper(Inputs, watch, settings.StopPatience, settings.Time, abandon.Cancel);
    }

    public RunId Run { get; }

    public Kernel Kernel { get; }

    public TaskRegistry Registry { get; }

    public RunTally Tally { get; }

    public RunEvents Events { get; }

    public FeedWindow Window { get; }

    public InputQueue Inputs { get; }

    public LoopCalls Calls { get; }

    public KernelClock Clock { get; }

    public RunStopper Stopper { get; }

    public RunWatch Watch => watch;

    public HaltWatch Halt { get; }

    /// <summary>Reads and guards the machine; only once <see cref="Equip"/> was called.</summary>
    public NodeWatch Memory => executors!.Watch;

    /// <summary>Why the journal cannot be written at the moment; null while it can.</summary>
    public string? JournalTrouble => journalTrouble;

    /// <summary>Resident memory of an attempt at the last sample.</summary>
    public Bytes ResidentOf(AttemptId attempt) => executors!.ResidentOf(attempt);

    /// <summary>Ends when the loop has ended; faulted when it could not go on.</summary>
    public Task Ended => ended.Task;

    /// <summary>Takes a fact of the journal before the loop begins.</summary>
    public void Recover(Fact fact)
    {
        Kernel.Fold(fact);
        Registry.Fold(fact);
        Tally.Observe([fact]);
        watch.Observe([fact]);
    }

    /// <summary>Makes what executes and watches attempts; not before what an earlier process left behind is gone.</summary>
    /// <param name="link">Relays model calls; owned by the host from now on, null when no task makes any.</param>
    /// <returns>Why the run cannot go on as it is configured, or null.</returns>
    public Refusal? Equip(GatewayLink? link = null)
    {
        gateway = link;
        var outlets = new RunHostOutlets(Inputs, Clock, Notice, Fail) { Gateway = link, Usage = Tally.Usage };
        executors = new AttemptExecutors(Registry, state, settings, outlets) { Hanging = Hanging };
        link?.Begin(Inputs, Fail);
        return executors.HostRefusal is { } refusal ? new Refusal(ExitCode.Environment, refusal, null) : null;
    }

    /// <summary>Starts to decide; <see cref="Equip"/> comes first.</summary>
    public void Begin()
    {
        var ports = new LoopPorts(state.Journal, executors!.Dispatcher, Registry, [Registry, Events, Tally, Window, watch, Halt], Trouble, Calls)
        {
            Guard = executors.Watch.Update,
        };
        var loop = new SchedulerLoop(Kernel, ports, Inputs, Clock, _ => watch.IsOver);
        thread = new OwnedThread(nameof(RunHost), "loop", () => Loop(loop), Fail);
        thread.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await abandon.CancelAsync();
        Stopper.Dispose();
        thread?.Dispose();
        executors?.Dispose();
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        Window.Dispose();
        await state.DisposeAsync();
        Inputs.Dispose();
        abandon.Dispose();
    }

    private void Notice(string message) => Events.Tell(new WarningView(Clock.Now, Run.Value, "isolation", message));

    private void Loop(SchedulerLoop loop)
    {
        loop.Run(abandon.Token);
        watch.Abandon(null);
        ended.TrySetResult();
    }

    /// <summary>A thread ended with an exception: the journal is lost, or a bug. Nothing is decided any more.</summary>
    private void Fail(Exception error)
    {
        watch.Abandon(error);
        ended.TrySetException(error);
        abandon.Cancel();
    }

    /// <summary>Commits fail. Before the run is accepted that is an answer; afterwards it is waited out, for what was accepted must not be lost.</summary>
    private void Trouble(string? message)
    {
        journalTrouble = message;
        if (message is not null && !watch.Accepted.IsCompleted)
        {
            Fail(new JournalException(message, retryable: true));
            return;
        }

        Events.Tell(new WarningView(
            Clock.Now,
            Run.Value,
            "journal",
            message is null ? "the journal can be written again" : $"nothing new starts until this is solved: {message}"));
    }

    /// <summary>Names belong to the loop's thread, so it tells.</summary>
    private void Hanging(AttemptId attempt) => _ = Calls.AskAsync((_, now) =>
    {
        Events.Tell(new WarningView(
            now,
            Run.Value,
            "hanging",
            $"attempt {attempt.Number} of {Registry[attempt.Task.Run].NameOf(attempt.Task.Ordinal)} lives on after SIGKILL, so it hangs in the kernel: "
                + "look for a dead disk or mount, or a frozen cgroup. It keeps its place until it ends, and is not tried again before"));
        return true;
    });
}
