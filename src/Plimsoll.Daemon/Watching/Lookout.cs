using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching.Delivery;
using Plimsoll.Daemon.Watching.Logs;
using Plimsoll.Daemon.Watching.Metrics;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Daemon.Watching.Outlooks;
using Plimsoll.Daemon.Watching.Tracing;

namespace Plimsoll.Daemon.Watching;

/// <summary>Everything that watches a service, with one owner: counts, samples, alerts and their delivery, metrics, traces.</summary>
internal sealed class Lookout : IAsyncDisposable
{
    private readonly ProjectContext context;
    private readonly Action<string> notice;
    private readonly Telemetry telemetry;
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
        OtlpOptions? options = OtlpOptions.Read(context.Environment, loop.State.Journal.Id, out IReadOnlyList<string> problems);
        foreach (string problem in problems)
        {
            notice(problem);
        }

        telemetry = new Telemetry(options, log, loop.Registry, IdsOf(loop.State.Journal.Id, loop.Registry), (context.Time, notice));
    }

    public ScopedMeters Meters { get; } = new();

    public RequestCounter Requests { get; } = new();

    /// <summary>Where lines go; null when nobody wants them.</summary>
    public LogFan? Log => telemetry.Log;

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
    public IReadOnlyList<IFactObserver> Observers => [Tally, telemetry];

    public static TraceIds IdsOf(string journalId, TaskRegistry registry) => new(journalId, run => registry.Find(run)?.IsInbox ?? false);

    /// <summary>Takes a fact of the journal.</summary>
    public void Recover(Fact fact)
    {
        Tally.Recover(fact);
        telemetry.Recover(fact);
    }

    /// <summary>Begins to watch a service whose loop has begun.</summary>
    /// <param name="sampled">False = everything is there, and nothing looks.</param>
    public void Begin(ServiceHost host, bool sampled)
    {
        watch = new WatchService(new WatchSampler(host, Tally, Requests), context.Configuration.Alerts, new WatchFiles(context.StateFolder), context.Time, notice);
        hook = context.Configuration.Scaling.Hook is { } address ? new ScalingHook(new Uri(address), context.Time, notice) : null;
        scaling = new ScalingDesk(context.Configuration.Scaling, view => hook?.Tell(view));
        forecasts = new ForecastDesk(host.Loop, watch, context.Time, notice);
        metrics = new ServiceMetrics(Meters, watch, Requests, new OutlookMetrics(() => forecasts.Latest, () => scaling.Latest), telemetry.Outlet);
        delivery = new AlertDelivery(context.Configuration.Alerts, context.Environment, context.Folder, context.Time, notice);
        watch.Changed = changes =>
        {
            telemetry.Facts?.Tell(changes);
            delivery.Tell(changes);
        };
        if (host.Loop.Gateway is { } gateway)
        {
            telemetry.Watch(gateway);
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
            telemetry.Outlet?.Measure(metrics.Write);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Before the watching ends: its last numbers are sent too.
        await telemetry.DisposeAsync();
        if (watch is not null)
        {
            await watch.DisposeAsync();
            await forecasts!.DisposeAsync();
            metrics!.Dispose();
            await delivery!.DisposeAsync();
            await (hook?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        Meters.Dispose();
    }
}
