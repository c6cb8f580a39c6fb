using System.Diagnostics.Metrics;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Watch.Anomalies;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>The metrics of a service, by names and units of OpenTelemetry; they show the last sample and cost the loop nothing.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "Plimsoll";

    private readonly MetricsCollector collector;

    /// <param name="meters">Of this service; its gateway measures there too.</param>
    /// <param name="exports">What is exported; null when nothing is.</param>
    public ServiceMetrics(IMeterFactory meters, WatchService watch, RequestCounter requests, OutlookMetrics outlooks, OtlpOutlet? exports)
    {
        collector = new MetricsCollector(meters);
        Meter own = meters.Create(MeterName);
        var meter = new PictureMeter(own, () => watch.Latest);
        PoolMetrics.Add(meter, at => watch.Use(watcher => Figures(watcher, at)));
        HostMetrics.Add(meter, requests);
        outlooks.Add(meter);
        SharingMetrics.Add(meter, () => watch.Use(static watcher => watcher.Alerts.Active));
        if (exports is not null)
        {
            meter.Counters("plimsoll.telemetry.dropped", "{item}", "Spans, data points and log lines that no collector took.", _ => exports.Dropped.Select(static one => PictureMeter.With(one.Count, PictureMeter.Tag("plimsoll.signal", one.Signal))));
        }
    }

    /// <summary>As Prometheus reads it.</summary>
    public byte[] Write() => collector.Read(PrometheusText.Of);

    /// <summary>As a collector takes it.</summary>
    /// <returns>Also how many data points it holds.</returns>
    public (byte[] Body, int Points) Write(MetricDocument document) => collector.Read(document.Of);

    public void Dispose() => collector.Dispose();

    private static (double? Used, Trend? Queue) Figures(Plimsoll.Watch.Watcher watcher, DateTimeOffset at) =>
        (SeriesFigures.Mean(watcher, "pool.used@slots", at), SeriesFigures.PerMinute(watcher, "tasks.ready", at));
}
