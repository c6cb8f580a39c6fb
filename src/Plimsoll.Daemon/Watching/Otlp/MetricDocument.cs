using System.Globalization;
using System.Text.Json;
using Plimsoll.Daemon.Watching.Metrics;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Metrics as <c>ExportMetricsServiceRequest</c>: gauges, and sums and histograms that count on from the start of the service.</summary>
internal sealed class MetricDocument(OtlpOptions options, DateTimeOffset since, TimeProvider time)
{
    private const int Cumulative = 2;

    /// <returns>Also how many data points it holds.</returns>
    public (byte[] Body, int Points) Of(IEnumerable<MetricSeries> series)
    {
        DateTimeOffset now = time.GetUtcNow();
        int points = 0;
        byte[] body = OtlpJson.Document("Metrics", "metrics", options.Resource, json =>
        {
            foreach (MetricSeries one in series)
            {
                points += Write(json, one, now);
            }
        });
        return (body, points);
    }

    private int Write(Utf8JsonWriter json, MetricSeries series, DateTimeOffset now)
    {
        // A number that is none tells nothing, and JSON has no word for it.
        MetricPoint[] points = [.. series.Points.Where(static point => double.IsFinite(point.Numbers[^1]))];
        if (points.Length == 0)
        {
            return 0;
        }

        json.WriteStartObject();
        json.WriteString("name", series.Instrument.Name);
        json.WriteString("description", series.Instrument.Description ?? "");
        json.WriteString("unit", series.Instrument.Unit ?? "");
        json.WriteStartObject(series.Kind switch { MetricKind.Counter => "sum", MetricKind.Gauge => "gauge", _ => "histogram" });
        if (series.Kind != MetricKind.Gauge)
        {
            json.WriteNumber("aggregationTemporality", Cumulative);
        }

        if (series.Kind == MetricKind.Counter)
        {
            json.WriteBoolean("isMonotonic", value: true);
        }

        json.WriteStartArray("dataPoints");
        foreach (MetricPoint point in points)
        {
            Write(json, series, point, now);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return points.Length;
    }

    private void Write(Utf8JsonWriter json, MetricSeries series, MetricPoint point, DateTimeOffset now)
    {
        json.WriteStartObject();
        OtlpJson.WriteAttributes(json, point.Tags);
        if (series.Kind != MetricKind.Gauge)
        {
            json.WriteString("startTimeUnixNano", OtlpJson.Nanoseconds(since));
        }

        json.WriteString("timeUnixNano", OtlpJson.Nanoseconds(now));
        if (series.Kind == MetricKind.Histogram)
        {
            WriteBuckets(json, series.Bounds, point.Numbers);
        }
        else
        {
            json.WriteNumber("asDouble", point.Numbers[0]);
        }

        json.WriteEndObject();
    }

    private static void WriteBuckets(Utf8JsonWriter json, ReadOnlySpan<double> bounds, ReadOnlySpan<double> numbers)
    {
        double count = 0;
        json.WriteStartArray("bucketCounts");
        foreach (double one in numbers[..^1])
        {
            count += one;
            json.WriteStringValue(one.ToString("F0", CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteString("count", count.ToString("F0", CultureInfo.InvariantCulture));
        json.WriteNumber("sum", numbers[^1]);
        json.WriteStartArray("explicitBounds");
        foreach (double bound in bounds)
        {
            json.WriteNumberValue(bound);
        }

        json.WriteEndArray();
    }
}
