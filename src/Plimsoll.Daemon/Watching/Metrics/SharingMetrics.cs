using System.Diagnostics.Metrics;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;
using static Plimsoll.Daemon.Watching.Metrics.PictureMeter;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Metrics of what tasks share: locks, limits, pools, quotas; and of alerts.</summary>
internal static class SharingMetrics
{
    /// <summary>Locks with a series of their own: those most waited for.</summary>
    private const int MostLocks = 50;

    public static void Add(PictureMeter meter, Func<IReadOnlyList<Alert>> active)
    {
        Lock(meter, "plimsoll.lock.holders", "{attempt}", "Attempts that hold a lock, limit or quota.", static one => one.Holders);
        Lock(meter, "plimsoll.lock.waiters", "{task}", "Tasks that wait for it first of all.", static one => one.Waiters);
        Lock(meter, "plimsoll.lock.wait", "s", "Longest wait of those who wait now.", static one => one.LongestWait.TotalSeconds);
        Lock(meter, "plimsoll.lock.used", "{unit}", "Units that are taken.", static one => one.Held);
        Pool(meter, "plimsoll.shared_pool.size", "{place}", "Size of a pool of places, memory or connections.", static pool => pool.Size);
        Pool(meter, "plimsoll.shared_pool.used", "{place}", "In use, in the unit of its size.", static pool => pool.Used);
        Pool(meter, "plimsoll.shared_pool.waiters", "{task}", "Who wait for a place.", static pool => pool.Waiters);
        Pool(meter, "plimsoll.shared_pool.wait", "s", "Longest wait of those who wait for a place now; of connections, since the start.", static pool => pool.LongestWait.TotalSeconds);
        Quota(meter, "plimsoll.quota.used", "1", "Share of a provider's quota in use.", static quota => quota.Used);
        Quota(meter, "plimsoll.quota.queued", "{request}", "Requests that wait for quota.", static quota => quota.Queued);
        Quota(meter, "plimsoll.quota.wait", "s", "Expected wait of a request that comes now.", static quota => quota.Wait.TotalSeconds);
        meter.Counters("plimsoll.quota.refusals", "{answer}", "429 answers of a provider.", static picture =>
            picture.Sample.Quotas.GroupBy(static quota => quota.Provider, StringComparer.Ordinal).Select(static group => With(group.Max(static quota => quota.Refusals), Tag("gen_ai.provider.name", group.Key))));
        meter.Gauges("plimsoll.alerts.active", "{alert}", "Alerts that are raised.", _ => Alerts(active()));
    }

    private static void Lock(PictureMeter meter, string name, string unit, string description, Func<LockReading, double> value) =>
        meter.Gauges(name, unit, description, picture => picture.Sample.Locks.OrderByDescending(static one => one.Waiters).ThenByDescending(static one => one.Holders).Take(MostLocks)
            .Select(one => With(value(one), Tag("plimsoll.lock", one.Name), Tag("plimsoll.lock.kind", WatchWords.Of(one.Kind)))));

    private static void Pool(PictureMeter meter, string name, string unit, string description, Func<PoolReading, double> value) =>
        meter.Gauges(name, unit, description, picture => picture.Sample.Pools.Select(pool => With(value(pool), Tag("plimsoll.shared_pool", pool.Name))));

    private static void Quota(PictureMeter meter, string name, string unit, string description, Func<QuotaReading, double> value) =>
        meter.Gauges(name, unit, description, picture => picture.Sample.Quotas.Select(quota => With(value(quota), Tag("gen_ai.provider.name", quota.Provider), Tag("plimsoll.quota.dimension", quota.Dimension))));

    private static IEnumerable<Measurement<double>> Alerts(IReadOnlyList<Alert> active) =>
        Enum.GetValues<AlertSeverity>().Select(severity => With(active.Count(alert => alert.Severity == severity), Tag("plimsoll.alert.severity", WatchWords.Of(severity))));
}
