using Plimsoll.Client.Watching;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Watch.Anomalies;
using Plimsoll.Watch.Forecasts;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching.Outlooks;

/// <summary>Forecasts the end of the queue twice a minute, beside the loop: the loop copies where tasks stand, nothing more.</summary>
/// <remarks>Samples come one at a time; the newest forecast is read by anyone.</remarks>
internal sealed class ForecastDesk(LoopHost loop, WatchService watch, TimeProvider time, Action<string> notice) : IAsyncDisposable
{
    private const int MostRemembered = 2000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Trended = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Queue<EndedAttempt> ended = new(); // guarded by gate
    private readonly DurationOutlook durations = new(); // owned by the work
    private readonly CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;
    private volatile ForecastView? latest; // written by the work

    /// <summary>Null while nothing is queued, or more than can be reckoned with.</summary>
    public ForecastView? Latest => latest;

    public void Begin() => work = WorkAsync();

    /// <summary>Takes a sample.</summary>
    public void Take(WatchPicture picture)
    {
        lock (gate)
        {
            foreach (EndedAttempt one in picture.Sample.Ended.Where(static one => one.Outcome == Core.Lifecycle.AttemptOutcome.Succeeded))
            {
                ended.Enqueue(one);
                if (ended.Count > MostRemembered)
                {
                    ended.Dequeue();
                }
            }
        }
    }

    /// <summary>Makes a forecast now; the timer calls it.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (watch.Latest is not { Load: { } load } picture)
        {
            return;
        }

        IReadOnlyList<WorkCopy>? runs = await loop.Calls.AskAsync((_, _) => CopyAll(loop.Registry)).WaitAsync(Patience, time, cancellationToken);
        if (runs is null)
        {
            latest = null;
            return;
        }

        var outlook = new WorkOutlook(runs);
        Learn(outlook);
        if (outlook.Open == 0)
        {
            latest = null;
            return;
        }

        Dictionary<TaskId, DateTimeOffset> live = load.Live.Where(static one => !one.IsLease).GroupBy(static one => one.Attempt.Task).ToDictionary(static one => one.Key, static one => one.First().AdmittedAt);
        durations.ForgetRunning();
        GraphOutlook graph = outlook.Graph(durations, live, load.At);
        long ready = picture.Sample.Queue?.Ready ?? 0;
        int places = Math.Max(1, ready > 0 ? live.Count : picture.PoolSize);
        DrainForecast forecast = DrainForecast.Of(graph, places, durations.Spread());
        TallyPicture tally = picture.Tally;
        latest = new ForecastView(
            forecast.Seconds,
            forecast.Low,
            forecast.High,
            tally.Tokens > 0 && tally.Finished > 0 ? (double)tally.Tokens / tally.Finished * outlook.Open : null,
            PeakBytes(load, forecast.Seconds),
            load.At);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private static List<WorkCopy>? CopyAll(TaskRegistry registry)
    {
        List<WorkCopy> copies = [];
        int tasks = 0;
        foreach (RunTasks run in registry.All.Where(static run => run.HasWork))
        {
            tasks += run.Count;
            if (tasks > DrainForecast.MostTasks)
            {
                return null;
            }

            (IReadOnlyList<TaskSegment> segments, Core.Lifecycle.TaskState[] states) = run.Copy();
            copies.Add(new WorkCopy(run.Run, segments, states));
        }

        return copies;
    }

    private void Learn(WorkOutlook outlook)
    {
        EndedAttempt[] seen;
        lock (gate)
        {
            seen = [.. ended];
            ended.Clear();
        }

        foreach (EndedAttempt one in seen)
        {
            if (outlook.Find(one.Attempt.Task) is { } task)
            {
                durations.Learn(task.Class, task.Expected, one.Lasted.TotalSeconds);
            }
        }
    }

    /// <summary>Where the trend of the last minutes leads until the queue is empty, for ten minutes at most: further on a straight line says nothing.</summary>
    private long? PeakBytes(LoadPicture load, double seconds)
    {
        Trend? trend = watch.Use(watcher => SeriesFigures.PerMinute(watcher, "memory.tasks.bytes", load.At));
        NodeLoad local = load.Nodes.First(static node => node.Node == NodeId.Local);
        if (trend is not { } line)
        {
            return null;
        }

        double minutes = Math.Min(seconds, Trended.TotalSeconds) / 60;
        double peak = Math.Max(line.Level, line.Level + (line.IsSignificant ? line.Slope * minutes : 0));
        return (long)Math.Clamp(peak, 0, local.Capacity?.Value ?? long.MaxValue / 2);
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var tick = new PeriodicTimer(Period, time);
        while (await tick.WaitForNextTickAsync(stop.Token))
        {
            try
            {
                await RefreshAsync(stop.Token);
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                // A forecast that cannot be made is missing; nothing depends on it.
                latest = null;
                notice($"no forecast could be made: {error.Message}");
            }
        }
    }
}
