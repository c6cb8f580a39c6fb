using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Support;

/// <summary>Reads documents of OTLP/JSON as strictly as the protocol allows: what is not of the right kind, or unknown, is a fault.</summary>
/// <remarks>opentelemetry-proto 1.5 with the mapping of Protobuf to JSON: 64-bit numbers as text, enumerations as numbers, ids in hexadecimal.</remarks>
internal static partial class OtlpReading
{
    private const int Cumulative = 2;

    public static IEnumerable<Span> Spans(JsonElement root) => Items(root, "Spans", "spans").Select(static one =>
    {
        Only(one, "traceId", "spanId", "parentSpanId", "flags", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes", "status");
        Assert.InRange(one.GetProperty("kind").GetInt32(), 1, 5);
        Only(one.GetProperty("status"), "code", "message");
        string? parent = one.TryGetProperty("parentSpanId", out JsonElement id) ? Hex(id, 16) : null;
        (long from, long to) = (Long(one.GetProperty("startTimeUnixNano")), Long(one.GetProperty("endTimeUnixNano")));
        Assert.True(from > 0 && to >= from, $"from {from} to {to}");
        return new Span(Hex(one.GetProperty("traceId"), 32), Hex(one.GetProperty("spanId"), 16), parent, Text(one.GetProperty("name")), one.GetProperty("kind").GetInt32(), one.GetProperty("status").GetProperty("code").GetInt32(), Attributes(one));
    });

    public static IEnumerable<Line> Lines(JsonElement root) => Items(root, "Logs", "logRecords").Select(static one =>
    {
        Only(one, "timeUnixNano", "observedTimeUnixNano", "severityNumber", "severityText", "eventName", "body", "attributes", "flags", "traceId", "spanId");
        Assert.True(Long(one.GetProperty("timeUnixNano")) > 0 && Long(one.GetProperty("observedTimeUnixNano")) > 0);
        string? trace = one.TryGetProperty("traceId", out JsonElement id) ? Hex(id, 32) : null;
        return new Line(Text(one.GetProperty("eventName")), one.GetProperty("severityNumber").GetInt32(), Value(one.GetProperty("body")), trace, trace is null ? null : Hex(one.GetProperty("spanId"), 16), Attributes(one));
    });

    public static IEnumerable<Point> Points(JsonElement root) => Items(root, "Metrics", "metrics").SelectMany(static metric =>
    {
        string kind = metric.EnumerateObject().Single(static field => field.Name is "gauge" or "sum" or "histogram").Name;
        Only(metric, "name", "description", "unit", kind);
        JsonElement data = metric.GetProperty(kind);
        Only(data, kind switch { "sum" => ["dataPoints", "aggregationTemporality", "isMonotonic"], "histogram" => ["dataPoints", "aggregationTemporality"], _ => ["dataPoints"] });
        if (kind != "gauge")
        {
            Assert.Equal(Cumulative, data.GetProperty("aggregationTemporality").GetInt32());
        }

        return data.GetProperty("dataPoints").EnumerateArray().Select(point => Read(Text(metric.GetProperty("name")), Text(metric.GetProperty("unit")), kind, point));
    });

    private static Point Read(string name, string unit, string kind, JsonElement point)
    {
        long start = 0;
        if (kind != "gauge")
        {
            start = Long(point.GetProperty("startTimeUnixNano"));
            Assert.InRange(Long(point.GetProperty("timeUnixNano")), start, long.MaxValue);
            Assert.True(start > 0);
        }

        if (kind != "histogram")
        {
            Only(point, "attributes", "startTimeUnixNano", "timeUnixNano", "asDouble");
            return new Point(name, unit, kind, point.GetProperty("asDouble").GetDouble(), Attributes(point));
        }

        Only(point, "attributes", "startTimeUnixNano", "timeUnixNano", "count", "sum", "bucketCounts", "explicitBounds");
        long[] buckets = [.. point.GetProperty("bucketCounts").EnumerateArray().Select(static one => Long(one))];
        double[] bounds = [.. point.GetProperty("explicitBounds").EnumerateArray().Select(static one => one.GetDouble())];
        Assert.Equal(bounds.Length + 1, buckets.Length);
        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal(Long(point.GetProperty("count")), buckets.Sum());
        return new Point(name, unit, kind, point.GetProperty("sum").GetDouble(), Attributes(point)) { Count = buckets.Sum() };
    }

    private static IEnumerable<JsonElement> Items(JsonElement root, string kind, string list)
    {
        Only(root, "resource" + kind);
        foreach (JsonElement resource in root.GetProperty("resource" + kind).EnumerateArray())
        {
            Only(resource, "resource", "scope" + kind);
            Assert.Contains("service.name", Attributes(resource.GetProperty("resource")).Keys);
            foreach (JsonElement scope in resource.GetProperty("scope" + kind).EnumerateArray())
            {
                Only(scope, "scope", list);
                foreach (JsonElement item in scope.GetProperty(list).EnumerateArray())
                {
                    yield return item;
                }
            }
        }
    }

    private static Dictionary<string, string> Attributes(JsonElement holder) =>
        holder.GetProperty("attributes").EnumerateArray().ToDictionary(static one => Text(one.GetProperty("key")), static one => Value(one.GetProperty("value")), StringComparer.Ordinal);

    private static string Value(JsonElement any)
    {
        Only(any, "stringValue");
        return Text(any.GetProperty("stringValue"));
    }

    private static string Text(JsonElement value)
    {
        Assert.Equal(JsonValueKind.String, value.ValueKind);
        return value.GetString()!;
    }

    private static long Long(JsonElement value) => long.Parse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Hex(JsonElement value, int length)
    {
        string text = Text(value);
        Assert.True(text.Length == length && Digits().IsMatch(text) && text.Trim('0').Length > 0, $"'{text}' is no id of {length} digits");
        return text;
    }

    private static void Only(JsonElement holder, params string[] known)
    {
        Assert.Equal(JsonValueKind.Object, holder.ValueKind);
        Assert.All(holder.EnumerateObject(), field => Assert.Contains(field.Name, known));
    }

    [GeneratedRegex("^[0-9a-f]+$", RegexOptions.None, 1000)]
    private static partial Regex Digits();

    internal sealed record Span(string TraceId, string SpanId, string? ParentId, string Name, int Kind, int Status, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Line(string Event, int Severity, string Body, string? TraceId, string? SpanId, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Point(string Name, string Unit, string Kind, double Value, IReadOnlyDictionary<string, string> Attributes)
    {
        public long Count { get; init; }
    }
}
