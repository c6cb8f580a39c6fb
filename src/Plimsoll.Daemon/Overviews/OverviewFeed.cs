using System.Text.Json;
using Plimsoll.Client.Overviews;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Overviews;

/// <summary>The overview of a service, read once a second however many look at it, and not at all while nobody does.</summary>
/// <remarks>Watchers take the newest one: who is slow misses some and holds up nobody.</remarks>
internal sealed class OverviewFeed : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ServiceHost service;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly Task work;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously); // under the gate
    private volatile OverviewFrame? newest; // written by the work, read by anyone
    private int watchers;

    public OverviewFeed(ServiceHost service)
    {
        this.service = service;
        work = WorkAsync();
    }

    /// <summary>Reads it now.</summary>
    public Task<OverviewView> ReadAsync() => ReadAsync(service);

    /// <inheritdoc cref="ReadAsync()"/>
    public static async Task<OverviewView> ReadAsync(ServiceHost service)
    {
        string? trouble = service.Loop.JournalTrouble;
        string status = service.Intake.IsClosed ? "stopping" : trouble is null ? "ok" : "degraded";
        OverviewView view = await service.Loop.Calls.AskAsync((kernel, now) => OverviewReader.Of(kernel, now, status, trouble, service.Loop.Memory.Latest));
        return view with { Forecast = service.Lookout.Forecasts.Latest };
    }

    /// <summary>The first frame after one that was seen; waits for it.</summary>
    public async Task<OverviewFrame> NextAsync(long after, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref watchers);
        try
        {
            while (true)
            {
                Task awaited;
                lock (gate)
                {
                    awaited = next.Task;
                }

                if (newest is { } frame && frame.Number > after && service.Context.Time.GetElapsedTime(frame.Taken) < 2 * Period)
                {
                    return frame;
                }

                await awaited.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref watchers);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        long number = 0;
        try
        {
            while (true)
            {
                await Task.Delay(Period, service.Context.Time, stop.Token);
                if (Volatile.Read(ref watchers) == 0)
                {
                    continue;
                }

                OverviewView view = await ReadAsync().WaitAsync(stop.Token);
                newest = new OverviewFrame(++number, service.Context.Time.GetTimestamp(), JsonSerializer.SerializeToUtf8Bytes(view, OverviewJsonContext.Default.OverviewView));
                TaskCompletionSource seen;
                lock (gate)
                {
                    seen = next;
                    next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                seen.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends, or its loop has ended.
        }
    }
}
