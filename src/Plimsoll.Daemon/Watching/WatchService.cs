using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Watch;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Series;

namespace Plimsoll.Daemon.Watching;

/// <summary>Watches the service: a sample a second into series and alerts, off the loop's thread, kept over restarts.</summary>
/// <remarks>Any thread may read and acknowledge. Whatever fails here is told and tried again at the next sample; the service goes on.</remarks>
internal sealed class WatchService : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SeriesPeriod = TimeSpan.FromMinutes(1);

    // Sooner the first time: a service that is killed again and again within the minute keeps something too.
    private static readonly TimeSpan FirstSeriesPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(15);

    private readonly WatchSampler sampler;
    private readonly WatchFiles files;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly HeapRest rest = new(); // the sampling's own
    private readonly Lock gate = new();
    private readonly Watcher watcher; // guarded by gate
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<WatchPicture> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task sampling = Task.CompletedTask;
    private volatile WatchPicture? latest; // written by the sampler, read by anyone
    private long wantedAt; // timestamp of the last look at the line, any thread
    private long savedAt; // guarded by gate
    private TimeSpan untilSaved = FirstSeriesPeriod; // guarded by gate
    private bool alertsChanged; // guarded by gate

    public WatchService(WatchSampler sampler, AlertSettings settings, WatchFiles files, TimeProvider time, Action<string> notice)
    {
        this.sampler = sampler;
        this.files = files;
        this.time = time;
        this.notice = notice;
        watcher = new Watcher(settings, files.LoadSeries(), files.LoadAlerts());
        StartedAt = time.GetUtcNow();
        savedAt = time.GetTimestamp();
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The last sample; null before the first.</summary>
    public WatchPicture? Latest => latest;

    /// <summary>The last sample, or the first as soon as it is there.</summary>
    public async Task<WatchPicture> FirstAsync(CancellationToken cancellationToken) => latest ?? await first.Task.WaitAsync(cancellationToken);

    /// <summary>Told, beside the loop and one at a time, what became of alerts.</summary>
    public Action<ImmutableArray<AlertChange>> Changed { get; set; } = static _ => { };

    /// <summary>Told of each sample, one at a time.</summary>
    public Action<WatchPicture> Sampled { get; set; } = static _ => { };

    public void Begin() => sampling = SampleAllAsync();

    /// <summary>Says that somebody wants to see who waits: for a while samples carry it.</summary>
    public void Attend() => Interlocked.Exchange(ref wantedAt, time.GetTimestamp());

    /// <summary>Reads or changes series and alerts; quick, and without I/O.</summary>
    public T Use<T>(Func<Watcher, T> use)
    {
        lock (gate)
        {
            return use(watcher);
        }
    }

    /// <summary>Changes alerts; kept with the next sample.</summary>
    public T Change<T>(Func<AlertEngine, T> change)
    {
        lock (gate)
        {
            alertsChanged = true;
            return change(watcher.Alerts);
        }
    }

    /// <summary>Takes one sample now; the timer calls it.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        bool line = Interlocked.Read(ref wantedAt) is > 0 and var at && time.GetElapsedTime(at) < Attention;
        WatchPicture picture = await sampler.ReadAsync(line, cancellationToken);
        ImmutableArray<AlertChange> changes;
        AlertMemory? memory = null;
        byte[]? record = null;
        lock (gate)
        {
            changes = watcher.Take(picture.Sample);
            if (!changes.IsEmpty || alertsChanged)
            {
                memory = watcher.Alerts.Save();
                alertsChanged = false;
            }

            if (time.GetElapsedTime(savedAt) >= untilSaved)
            {
                untilSaved = SeriesPeriod;
                savedAt = time.GetTimestamp();
                record = SeriesRecord.Save(watcher.Series);
            }
        }

        latest = picture;
        first.TrySetResult(picture);
        Keep(memory, record);
        Sampled(picture);
        if (!changes.IsEmpty)
        {
            Changed(changes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Keep(Use(static watcher => watcher.Alerts.Save()), Use(static watcher => SeriesRecord.Save(watcher.Series)));
        stop.Dispose();
    }

    private async Task SampleAllAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var tick = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await SampleAsync(stop.Token);
                Rest();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A reading that fails must not end the watching of everything else, nor the service.
                notice($"a sample of what is watched could not be taken: {error.Message}");
            }
        }
        while (await tick.WaitForNextTickAsync(stop.Token));
    }

    private void Rest()
    {
        if (rest.IsDue(GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: false)))
        {
            // Aggressive is the only mode that gives the memory back to the system.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            rest.Collected(GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    private void Keep(AlertMemory? memory, byte[]? record)
    {
        if ((memory is not null && !files.SaveAlerts(memory)) | (record is not null && !files.SaveSeries(record)))
        {
            notice("alerts or series could not be kept in the state folder: free disk space, or make it writable");
        }
    }
}
