using System.Collections.Immutable;
using Plimsoll.Client.Watching;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Leases;
using Plimsoll.Daemon.Serving;
using Plimsoll.Journal.Stores;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Puts a sample together as the one document of the dashboard.</summary>
internal sealed class DashboardBuilder(ServiceHost host)
{
    public DashboardView Build(WatchPicture picture)
    {
        (ImmutableArray<Alert> alerts, double? ended, double? tokens, double? dollars) = host.Watch.Use(watcher => (
            watcher.Alerts.Active,
            SeriesFigures.Mean(watcher, "attempts.ended.rate", picture.Sample.At) * 60,
            SeriesFigures.Mean(watcher, "tokens.rate", picture.Sample.At) * 60,
            SeriesFigures.Mean(watcher, "dollars.rate", picture.Sample.At) * 3600));
        TallyPicture tally = picture.Tally;
        return new DashboardView(
            picture.Sample.At,
            Health(picture, alerts),
            new AgentStatusView(LiveViews.Of(picture), ClassViews.Of(picture), [.. picture.Sample.Agents.Select(agent => Agent(agent, picture))]),
            new PerformanceView(
                tally.Started,
                tally.Finished,
                tally.Finished == 0 ? null : (double)tally.Succeeded / tally.Finished,
                ended,
                ClassViews.Of(tally.Durations),
                ClassViews.Of(tally.Waits),
                tally.Tokens,
                tally.MicroDollars / 1e6,
                tokens,
                dollars,
                host.Lookout.Forecasts.Latest),
            Concurrency(picture),
            AlertViews.Summary(alerts));
    }

    private SystemHealthView Health(WatchPicture picture, ImmutableArray<Alert> alerts)
    {
        WatchSample sample = picture.Sample;
        AlertSeverity worst = alerts.IsEmpty ? AlertSeverity.Info : alerts[0].Severity;
        string status = sample.Journal?.Fault is not null || worst == AlertSeverity.Critical ? "critical" : worst == AlertSeverity.Warning ? "degraded" : "ok";
        return new SystemHealthView(
            status,
            (host.Context.Time.GetUtcNow() - host.Watch.StartedAt).TotalSeconds,
            NodeViews.Of(picture),
            sample.Journal is { } journal ? new JournalView(host.Loop.State.Store.Place, journal.Slowest.TotalSeconds, journal.Commits, journal.Fault, Connections(host.Loop.State.Store.Pool)) : null,
            [.. sample.Quotas.Select(static quota => new QuotaView(quota.Provider, quota.Dimension, quota.Used, quota.Queued, quota.Wait.TotalSeconds, quota.Refusals))],
            host.Requests.Requests,
            host.Requests.Errors,
            picture.Tally.OutOfMemoryKills,
            picture.Tally.Evictions);
    }

    private static ConnectionsView? Connections(PoolUse? pool) =>
        pool is { } use ? new ConnectionsView(use.InUse, use.Open, use.Waiting, use.Limit, use.Ceiling, use.LongestWait.TotalSeconds) : null;

    private static AgentAvailabilityView Agent(AgentReading agent, WatchPicture picture)
    {
        bool busy = picture.Load?.Live.Any(live => live.Class == $"agent:{agent.Name}") ?? false;
        return new AgentAvailabilityView(agent.Name, agent.Problem is not null ? "unavailable" : busy ? "busy" : "idle", agent.Problem);
    }

    private static ConcurrencyView Concurrency(WatchPicture picture)
    {
        WatchSample sample = picture.Sample;
        QueueReading? queue = sample.Queue;
        return new ConcurrencyView(
            picture.PoolSize,
            queue?.Running ?? 0,
            queue?.Frozen ?? 0,
            queue?.Waiting ?? 0,
            queue?.Ready ?? 0,
            queue?.Retrying ?? 0,
            queue?.IntakePaused ?? false,
            queue?.Oldest is { } oldest ? new OldestReadyView(oldest.Task.ToString(), oldest.Name, Math.Max(0, (sample.At - oldest.Since).TotalSeconds), oldest.Code, oldest.Reason) : null,
            [.. picture.Waiting.Select(static one => new LineView(one.Task.ToString(), one.Name, one.Reason.Code, one.Reason.Message, one.Reason.Needed, one.Reason.Available, one.Reason.ReleasedBy))],
            picture.Waiting.GroupBy(static one => one.Reason.Code, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal),
            [.. sample.Locks.Select(static one => new LockStatusView(one.Name, WatchWords.Of(one.Kind), one.Units, one.Held, one.Holders, one.Waiters, one.LongestWait.TotalSeconds))],
            [.. sample.Pools.Select(static pool => new PoolStatusView(pool.Name, pool.Kind == PoolKind.Connections ? "connections" : "places", pool.Size, pool.Used, pool.Waiters, pool.Taken))],
            [.. picture.Leases.Where(static look => !look.HasEnded).Select(Lease)]);
    }

    private static LeaseHoldView Lease(LeaseLook look) => new(
        look.Id.ToString(),
        look.Granted is null ? "waiting" : "held",
        look.Holder?.Task.ToString(),
        look.Terms.Purpose,
        look.Shape.Memory?.Value ?? 0,
        look.Shape.Cpu,
        [.. look.Shape.Locks.Select(static claim => claim.Name)]);
}
