using System.Globalization;
using System.Text.Json;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Lines of the log as <c>ExportLogsServiceRequest</c>: the same events, levels and ids as on standard error.</summary>
internal static class LogDocument
{
    private const int Info = 9;
    private const int Warning = 13;
    private const int Error = 17;
    private const int Sampled = 1;

    public static byte[] Of(IReadOnlyList<Func<LogLineView>> lines, OtlpOptions options) => OtlpJson.Document("Logs", "logRecords", options.Resource, json =>
    {
        foreach (Func<LogLineView> line in lines)
        {
            Write(json, line());
        }
    });

    private static void Write(Utf8JsonWriter json, LogLineView line)
    {
        json.WriteStartObject();
        json.WriteString("timeUnixNano", OtlpJson.Nanoseconds(line.Timestamp));
        json.WriteString("observedTimeUnixNano", OtlpJson.Nanoseconds(line.Timestamp));
        json.WriteNumber("severityNumber", line.Level switch { "error" => Error, "warning" => Warning, _ => Info });
        json.WriteString("severityText", line.Level);
        json.WriteString("eventName", line.Event);
        json.WriteStartObject("body");
        json.WriteString("stringValue", OtlpJson.Cut(line.Message));
        json.WriteEndObject();
        OtlpJson.WriteAttributes(json, Attributes(line));
        if (line.TraceId is { } trace)
        {
            json.WriteNumber("flags", Sampled);
            json.WriteString("traceId", trace);
            json.WriteString("spanId", line.SpanId);
        }

        json.WriteEndObject();
    }

    private static List<KeyValuePair<string, string>> Attributes(LogLineView line)
    {
        // Collectors before OTLP 1.5 know no eventName.
        var attributes = new List<KeyValuePair<string, string>> { new("event.name", line.Event) };
        Add("plimsoll.run", Text(line.Run));
        Add("plimsoll.task", line.Task);
        Add("plimsoll.task.name", line.Name);
        Add("plimsoll.attempt", Text(line.Attempt));
        Add("plimsoll.outcome", line.Outcome);
        Add("plimsoll.alert", Text(line.Alert));
        return attributes;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                attributes.Add(new(name, value));
            }
        }
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
