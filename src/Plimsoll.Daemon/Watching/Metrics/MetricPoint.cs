namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>What was measured under one set of tags.</summary>
/// <param name="Labels">The tags as Prometheus writes them.</param>
/// <param name="Numbers">One number; of a histogram its buckets and the sum.</param>
internal sealed record MetricPoint(string Labels, IReadOnlyList<KeyValuePair<string, string>> Tags, double[] Numbers);
