using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Spans in the JSON form of the OpenTelemetry protocol.</summary>
/// <remarks>OTLP specification 1.x, "JSON Protobuf encoding": ids in hexadecimal, 64-bit numbers as text, enumerations as numbers.</remarks>
internal static class OtlpDocument
{
    private const int Internal = 1;
    private const int Client = 3;
    private const int Ok = 1;
    private const int Error = 2;

    public static byte[] Of(IReadOnlyList<TraceSpan> spans, OtlpOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(spans.Count * 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [new("service.name", options.Service), .. options.Resource.Where(static pair => pair.Key != "service.name")]);
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "Plimsoll");
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (TraceSpan span in spans)
            {
                Write(json, span);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TraceSpan span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentId is { } parent)
        {
            json.WriteString("parentSpanId", parent);
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", span.IsCall ? Client : Internal);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.From));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.To));
        WriteAttributes(json, span.Attributes);
        json.WriteStartObject("status");
        json.WriteNumber("code", span.Failure is null ? Ok : Error);
        if (span.Failure is { } failure)
        {
            json.WriteString("message", failure);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach ((string name, string value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Nanoseconds(DateTimeOffset at) => ((at - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
