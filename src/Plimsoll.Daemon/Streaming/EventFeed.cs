using System.Threading.Channels;
using Plimsoll.Client.Events;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Streaming;

/// <summary>Keeps the newest events for any number of subscribers, each of which reads at its own pace.</summary>
/// <remarks>
/// Nothing is pushed: a subscriber has a place in the one ring, and one that falls behind by more than the ring holds finds a gap. Whoever
/// tells an event never waits, renders nothing and wakes nobody itself. Safe for any number of threads.
/// </remarks>
internal sealed class EventFeed : IAsyncDisposable
{
    private const int Usual = 16_384;

    /// <summary>Subscribers are woken at most this often; what comes meanwhile is read at once.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly ServiceEvent?[] ring; // guarded by gate
    private readonly CancellationTokenSource stop = new();

    /// <summary>Full: the wake-up that waits already tells of everything.</summary>
    private readonly Channel<bool> told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Task pump;
    private TaskCompletionSource? changed; // guarded by gate; null while nobody waits
    private long newest; // guarded by gate
    private volatile bool wanted;

    /// <param name="epoch">Tells this process's numbers from those of earlier ones.</param>
    /// <param name="capacity">Events that are kept.</param>
    public EventFeed(long epoch, TimeProvider time, int capacity = Usual)
    {
        Epoch = epoch;
        this.time = time;
        ring = new ServiceEvent?[capacity];
        pump = PumpAsync();
    }

    public long Epoch { get; }

    /// <summary>False until somebody has subscribed: before, nobody can come back for an event, so none is kept.</summary>
    public bool IsWanted => wanted;

    /// <summary>Number of the newest event, and from now on everything is kept.</summary>
    public long Subscribe()
    {
        wanted = true;
        lock (gate)
        {
            return newest;
        }
    }

    public void Tell(RunEventView view, TaskId? task = null)
    {
        if (!wanted)
        {
            return;
        }

        lock (gate)
        {
            newest++;
            ring[newest % ring.Length] = new ServiceEvent(newest, view, task);
            if (changed is null)
            {
                return;
            }
        }

        told.Writer.TryWrite(true);
    }

    /// <summary>Adds the events that follow a place, and moves it behind them.</summary>
    /// <returns>How many were lost before the first of them.</returns>
    public long Read(ref long place, List<ServiceEvent> into, int most)
    {
        lock (gate)
        {
            long missed = Math.Max(0, newest - ring.Length - place);
            place += missed;
            for (int i = 0; i < most && place < newest; i++)
            {
                place++;
                into.Add(ring[place % ring.Length]!);
            }

            return missed;
        }
    }

    /// <summary>Ends when there is an event behind this place.</summary>
    public Task ChangedAsync(long place)
    {
        lock (gate)
        {
            if (newest > place)
            {
                return Task.CompletedTask;
            }

            changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return changed.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await foreach (bool _ in told.Reader.ReadAllAsync(stop.Token))
        {
            TaskCompletionSource? waiting;
            lock (gate)
            {
                waiting = changed;
                changed = null;
            }

            waiting?.TrySetResult();
            await Task.Delay(Pace, time, stop.Token);
        }
    }
}
