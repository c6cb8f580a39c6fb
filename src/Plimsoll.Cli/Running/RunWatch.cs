using System.Threading.Channels;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Running;

/// <summary>Watches a run to its end: hands events to the view, draws, and passes on requests to stop.</summary>
internal sealed class RunWatch(IRunView view, StopSignals signals, bool drain, TimeProvider time)
{
    private const int EventsBetweenTicks = 4096;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>After this many wake-ups between two ticks events are taken in heaps: a wake-up costs more than what it tells.</summary>
    private const int MostWakeUps = 5;
    private static readonly TimeSpan s_heap = TimeSpan.FromMilliseconds(20);

    private int _signalsSeen;
    private int _running;

    /// <summary>Returns after the last event.</summary>
    /// <param name="stop">Stops the run.</param>
    public async Task FollowAsync(ChannelReader<RunEventView> events, Func<ProgressView> progress, Action<StopMode> stop)
    {
        Task<bool> ready = events.WaitToReadAsync().AsTask();
        Task tick = Task.Delay(s_tick, time);
        int wakeUps = 0;
        while (true)
        {
            await Task.WhenAny(ready, tick);
            if (ready.IsCompleted)
            {
                if (++wakeUps > MostWakeUps)
                    await Task.Delay(s_heap, time);
                if (!await ready)
                    return;
                for (int count = 0; count < EventsBetweenTicks && events.TryRead(out RunEventView? happened); count++)
                {
                    Count(happened);
                    view.Handle(happened);
                }

                ready = MoreAsync(events);
            }

            if (tick.IsCompleted)
            {
                PassOnSignals(stop);
                view.Tick(progress);
                wakeUps = 0;
                tick = Task.Delay(s_tick, time);
            }
        }
    }

    private void Count(RunEventView happened) => _running += happened switch
    {
        TaskStartedView => 1,
        TaskRetryingView or TaskEndedView { Attempt: > 0 } => -1,
        _ => 0,
    };

    /// <summary>Looks again a little later: waking up for each event of thousands of short tasks would cost more than they do.</summary>
    private async Task<bool> MoreAsync(ChannelReader<RunEventView> events)
    {
        if (!events.TryPeek(out _))
            await Task.Delay(s_pause, time);
        return await events.WaitToReadAsync();
    }

    private void PassOnSignals(Action<StopMode> stop)
    {
        int count = signals.Count;
        if (count == _signalsSeen)
            return;

        bool again = _signalsSeen > 0 || count > 1;
        _signalsSeen = count;
        if (again)
        {
            view.Say("ending every task now");
            stop(StopMode.Immediate);
            return;
        }

        string tasks = Figures.Count(_running, "task", "tasks");
        view.Say($"stopping: starting nothing more, waiting {(drain ? "" : "30 s ")}for {tasks} (Ctrl-C again ends them now)");
        stop(drain ? StopMode.Drain : StopMode.Graceful);
    }
}
