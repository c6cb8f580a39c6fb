using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching.Delivery;
using Plimsoll.Daemon.Watching.Logs;
using Plimsoll.Daemon.Watching.Metrics;
using Plimsoll.Daemon.Watching.Outlooks;
using Plimsoll.Daemon.Watching.Tracing;

namespace Plimsoll.Daemon.Watching;

/// <summary>Everything that watches a service, with one owner: counts, samples, alerts and their delivery, metrics, traces.</summary>
internal sealed class Lookout : IAsyncDisposable
{
    private readonly ProjectContext context;
    private readonly Action<string> notice;
    private readonly OtlpExporter? exporter;
    private readonly SpanTally? spans;
    private readonly FactLog? facts;
    private AlertDelivery? delivery;
    private WatchService? watch;
    private ServiceMetrics? metrics;
    private ForecastDesk? forecasts;
    private ScalingDesk? scaling;
    private ScalingHook? hook;

    public Lookout(LoopHost loop, ProjectContext context, Action<string> notice, ServiceLog? log)
    {
        this.context = context;
        this.notice = notice;
        Tally = new WatchTally(loop.Registry);
        TraceIds ids = IdsOf(loop.State.Journal.Id, loop.Registry);
        facts = log is null ? null : new FactLog(log, loop.Registry, ids);
        if (OtlpOptions.Read(context.Environment, out string? problem) is { } options)
        {
            exporter = new OtlpExporter(options, context.Time, notice);
            spans = new SpanTally(loop.Registry, ids, context.Time, exporter.Add);
        }
        else if (problem is not null)
        {
            notice(problem);
        }
    }

    public ScopedMeters Meters { get; } = new();

    public RequestCounter Requests { get; } = new();

    public WatchTally Tally { get; }

    /// <summary>Series and alerts; only once <see cref="Begin"/> was called.</summary>
    public WatchService Watch => watch!;

    /// <summary>What Prometheus reads; only once <see cref="Begin"/> was called.</summary>
    public ServiceMetrics Metrics => metrics!;

    /// <summary>When the queue will be empty; only once <see cref="Begin"/> was called.</summary>
    public ForecastDesk Forecasts => forecasts!;

    /// <summary>How many nodes there should be; only once <see cref="Begin"/> was called.</summary>
    public ScalingDesk Scaling => scaling!;

    /// <summary>Those who see durable facts.</summary>
    public IReadOnlyList<IFactObserver> Observers => [Tally, .. spans is null ? (IFactObserver[])[] : [spans], .. facts is null ? (IFactObserver[])[] : [facts]];

    public static TraceIds IdsOf(string journalId, TaskRegistry registry) => new(journalId, run => registry.Find(run)?.IsInbox ?? false);

    /// <summary>Takes a fact of the journal.</summary>
    public void Recover(Fact fact)
    {
        Tally.Recover(fact);
        spans?.Recover(fact);
    }

    /// <summary>Begins to watch a service whose loop has begun.</summary>
    /// <param name="sampled">False = everything is there, and nothing looks.</param>
    public void Begin(ServiceHost host, bool sampled)
    {
        watch = new WatchService(new WatchSampler(host, Tally, Requests), context.Configuration.Alerts, new WatchFiles(context.StateFolder), context.Time, notice);
        hook = context.Configuration.Scaling.Hook is { } address ? new ScalingHook(new Uri(address), context.Time, notice) : null;
        scaling = new ScalingDesk(context.Configuration.Scaling, view => hook?.Tell(view));
        forecasts = new ForecastDesk(host.Loop, watch, context.Time, notice);
        metrics = new ServiceMetrics(Meters, watch, Requests, new OutlookMetrics(() => forecasts.Latest, () => scaling.Latest));
        delivery = new AlertDelivery(context.Configuration.Alerts, context.Environment, context.Folder, context.Time, notice);
        watch.Changed = changes =>
        {
            facts?.Tell(changes);
            delivery.Tell(changes);
        };
        if (spans is not null && host.Loop.Gateway is { } gateway)
        {
            gateway.CallEnded = spans.Ended;
        }

        watch.Sampled = picture =>
        {
            scaling.Take(picture);
            forecasts.Take(picture);
        };
        if (sampled)
        {
            watch.Begin();
            forecasts.Begin();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (watch is not null)
        {
            await watch.DisposeAsync();
            await forecasts!.DisposeAsync();
            metrics!.Dispose();
            await delivery!.DisposeAsync();
            await (hook?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        if (exporter is not null)
        {
            await exporter.DisposeAsync();
        }

        Meters.Dispose();
    }
}
