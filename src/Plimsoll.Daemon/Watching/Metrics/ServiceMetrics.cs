using System.Diagnostics.Metrics;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>The metrics of a service, by names and units of OpenTelemetry; they show the last sample and cost the loop nothing.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "Plimsoll";

    private readonly MetricsCollector collector;

    /// <param name="meters">Of this service; its gateway measures there too.</param>
    public ServiceMetrics(IMeterFactory meters, WatchService watch, RequestCounter requests, OutlookMetrics outlooks)
    {
        collector = new MetricsCollector(meters);
        Meter own = meters.Create(MeterName);
        var meter = new PictureMeter(own, () => watch.Latest);
        PoolMetrics.Add(meter, at => watch.Use(watcher => Figures(watcher, at)));
        HostMetrics.Add(meter, requests);
        outlooks.Add(meter);
        SharingMetrics.Add(meter, () => watch.Use(static watcher => watcher.Alerts.Active));
    }

    /// <summary>As Prometheus reads it.</summary>
    public byte[] Write() => collector.Write();

    public void Dispose() => collector.Dispose();

    private static (double? Used, Trend? Queue) Figures(Plimsoll.Watch.Watcher watcher, DateTimeOffset at) =>
        (SeriesFigures.Mean(watcher, "pool.used@slots", at), SeriesFigures.PerMinute(watcher, "tasks.ready", at));
}
