using Plimsoll.Client.Events;
using Plimsoll.Core;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Watching;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Loop;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The composition for one run in this process: a loop that ends with the run, and what is told of it.</summary>
internal sealed class RunHost : IAsyncDisposable
{
    private readonly LoopHost loop;
    private readonly RunWatch watch;

    public RunHost(RunId run, ProjectState state, RunHostSettings settings)
    {
        Run = run;
        loop = new LoopHost(state, settings) { Notice = TellNotice, Trouble = TellTrouble, Hanging = TellHanging, Over = error => watch!.Abandon(error) };
        Tally = new RunTally(run, loop.Registry, state.Layout);
        watch = new RunWatch(run, Tally);
        Halt = new HaltWatch(run, settings.Halt, mode => Stopper!.Stop(mode), warning => Events!.Tell(warning));
        Events = new RunEvents(run, loop.Registry, Tally, state.Layout) { WithCommands = settings.WithCommands };
        Window = new FeedWindow(run, settings.FeedAhead);
        Stopper = new RunStopper(loop.Inputs, watch, settings.StopPatience, settings.Time, loop.Abandon);
    }

    public RunId Run { get; }

    public Kernel Kernel => loop.Kernel;

    public TaskRegistry Registry => loop.Registry;

    public RunTally Tally { get; }

    public RunEvents Events { get; }

    public FeedWindow Window { get; }

    public InputQueue Inputs => loop.Inputs;

    public LoopCalls Calls => loop.Calls;

    public KernelClock Clock => loop.Clock;

    public RunStopper Stopper { get; }

    public RunWatch Watch => watch;

    public HaltWatch Halt { get; }

    /// <summary>Exports what happens; null when nobody asked for it. Set before <see cref="Recover"/> and <see cref="Equip"/>.</summary>
    public Telemetry? Telemetry { get; set; }

    /// <inheritdoc cref="LoopHost.Memory"/>
    public NodeWatch Memory => loop.Memory;

    /// <inheritdoc cref="LoopHost.JournalTrouble"/>
    public string? JournalTrouble => loop.JournalTrouble;

    /// <inheritdoc cref="LoopHost.ResidentOf"/>
    public Bytes ResidentOf(AttemptId attempt) => loop.ResidentOf(attempt);

    /// <inheritdoc cref="LoopHost.Ended"/>
    public Task Ended => loop.Ended;

    /// <summary>Takes a fact of the journal before the loop begins.</summary>
    public void Recover(Fact fact)
    {
        loop.Recover(fact);
        Telemetry?.Recover(fact);
        Tally.Observe([fact]);
        watch.Observe([fact]);
    }

    /// <inheritdoc cref="LoopHost.Equip"/>
    public Refusal? Equip(GatewayLink? link = null)
    {
        if (link is not null)
        {
            Telemetry?.Watch(link);
        }

        return loop.Equip(Tally.Usage, link);
    }

    /// <summary>Starts to decide; <see cref="Equip"/> comes first.</summary>
    public void Begin() => loop.Begin(Telemetry is null ? [Events, Tally, Window, watch, Halt] : [Events, Tally, Window, watch, Halt, Telemetry], () => watch.IsOver);

    /// <summary>Sends what is still to be exported, for two seconds at most; once the loop has ended.</summary>
    public ValueTask FlushAsync() => Telemetry?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        loop.Abandon();
        Stopper.Dispose();
        await loop.DisposeAsync();
        await FlushAsync();
        Window.Dispose();
    }

    private void TellNotice(string message) => Events.Tell(new WarningView(Clock.Now, Run.Value, "isolation", message));

    /// <summary>Commits fail. Before the run is accepted that is an answer; afterwards it is waited out, for what was accepted must not be lost.</summary>
    private void TellTrouble(string? message)
    {
        if (message is not null && !watch.Accepted.IsCompleted)
        {
            loop.Fail(new JournalException(message, retryable: true));
            return;
        }

        Events.Tell(new WarningView(
            Clock.Now,
            Run.Value,
            "journal",
            message is null ? "the journal can be written again" : $"nothing new starts until this is solved: {message}"));
    }

    private void TellHanging(AttemptId attempt, DateTimeOffset now) => Events.Tell(new WarningView(
        now,
        Run.Value,
        "hanging",
        $"attempt {attempt.Number} of {Registry[attempt.Task.Run].NameOf(attempt.Task.Ordinal)} lives on after SIGKILL, so it hangs in the kernel: "
            + "look for a dead disk or mount, or a frozen cgroup. It keeps its place until it ends, and is not tried again before"));
}
