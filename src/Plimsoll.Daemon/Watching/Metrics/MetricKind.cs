namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>What Prometheus calls the kind of a metric.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
