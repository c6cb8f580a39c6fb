using Plimsoll.Client.Watching;
using Plimsoll.Daemon.Serving;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows the pool of slots.</summary>
internal sealed class PoolBuilder(ServiceHost host)
{
    public PoolView Build(WatchPicture picture)
    {
        DateTimeOffset at = picture.Sample.At;
        (double? used, Trend? trend) = host.Watch.Use(watcher => (SeriesFigures.Mean(watcher, "pool.used@slots", at), SeriesFigures.PerMinute(watcher, "tasks.ready", at)));
        TallyPicture tally = picture.Tally;
        int size = Math.Max(1, picture.PoolSize);
        int active = host.Pool.Running;
        return new PoolView(
            picture.PoolSize,
            active,
            Math.Max(0, picture.PoolSize - active),
            tally.Finished,
            tally.Finished == 0 ? null : (double)tally.Succeeded / tally.Finished,
            ClassViews.Of(tally.Durations),
            ClassViews.Of(tally.Waits),
            Math.Min(1, (double)active / size),
            used is { } mean ? Math.Min(1, mean / size) : null,
            picture.Sample.Queue?.Ready ?? 0,
            trend?.Slope,
            trend is not { } line ? "unknown" : !line.IsSignificant ? "steady" : line.Slope > 0 ? "growing" : "shrinking",
            ClassViews.Of(picture));
    }
}
