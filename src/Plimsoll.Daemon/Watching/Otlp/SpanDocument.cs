using System.Text.Json;
using Plimsoll.Daemon.Watching.Tracing;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Spans as <c>ExportTraceServiceRequest</c>.</summary>
internal static class SpanDocument
{
    private const int Internal = 1;
    private const int Client = 3;
    private const int Ok = 1;
    private const int Error = 2;
    private const int Sampled = 1;

    public static byte[] Of(IReadOnlyList<Func<TraceSpan>> spans, OtlpOptions options) => OtlpJson.Document("Spans", "spans", options.Resource, json =>
    {
        foreach (Func<TraceSpan> span in spans)
        {
            Write(json, span());
        }
    });

    private static void Write(Utf8JsonWriter json, TraceSpan span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentId is { } parent)
        {
            json.WriteString("parentSpanId", parent);
        }

        json.WriteNumber("flags", Sampled);
        json.WriteString("name", OtlpJson.Cut(span.Name));
        json.WriteNumber("kind", span.IsCall ? Client : Internal);
        json.WriteString("startTimeUnixNano", OtlpJson.Nanoseconds(span.From));
        json.WriteString("endTimeUnixNano", OtlpJson.Nanoseconds(span.To));
        OtlpJson.WriteAttributes(json, span.Attributes);
        json.WriteStartObject("status");
        json.WriteNumber("code", span.Failure is null ? Ok : Error);
        if (span.Failure is { } failure)
        {
            json.WriteString("message", OtlpJson.Cut(failure));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
