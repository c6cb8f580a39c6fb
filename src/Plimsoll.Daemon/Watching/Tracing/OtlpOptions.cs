using System.Globalization;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Where traces go: the standard <c>OTEL_*</c> variables; off unless one of them names an endpoint or an exporter.</summary>
/// <remarks>OpenTelemetry specification, "OTLP exporter configuration" and "General SDK configuration".</remarks>
internal sealed record OtlpOptions(Uri Traces, string Service, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<KeyValuePair<string, string>> Resource, TimeSpan Timeout)
{
    private const string Default = "http://localhost:4318";

    /// <summary>Null when nothing is to be exported.</summary>
    /// <param name="problem">Why it cannot be as asked; null when it can or nothing is asked.</param>
    public static OtlpOptions? Read(IReadOnlyDictionary<string, string> environment, out string? problem)
    {
        problem = null;
        string? own = Value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        string? general = Value("OTEL_EXPORTER_OTLP_ENDPOINT");
        string? exporter = Value("OTEL_TRACES_EXPORTER");
        bool asked = own is not null || general is not null || exporter == "otlp";
        if (!asked || exporter is "none" || Value("OTEL_SDK_DISABLED") is "true")
        {
            return null;
        }

        if ((Value("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? Value("OTEL_EXPORTER_OTLP_PROTOCOL")) is "grpc")
        {
            problem = "traces are not exported: OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and Plimsoll speaks OTLP over HTTP; set http/json and the HTTP port of the collector, usually 4318";
            return null;
        }

        string address = own ?? (general ?? Default).TrimEnd('/') + "/v1/traces";
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? traces) || traces.Scheme is not ("http" or "https"))
        {
            problem = "traces are not exported: OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address";
            return null;
        }

        double milliseconds = double.TryParse(Value("OTEL_EXPORTER_OTLP_TIMEOUT"), NumberStyles.Float, CultureInfo.InvariantCulture, out double given) && given is > 0 and < 600_000 ? given : 10_000;
        List<KeyValuePair<string, string>> resource = Pairs(Value("OTEL_RESOURCE_ATTRIBUTES"));
        string service = Value("OTEL_SERVICE_NAME") ?? resource.Find(static pair => pair.Key == "service.name").Value ?? "plimsoll";
        return new OtlpOptions(traces, service, Pairs(Value("OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? Value("OTEL_EXPORTER_OTLP_HEADERS")), resource, TimeSpan.FromMilliseconds(milliseconds));

        string? Value(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    private static List<KeyValuePair<string, string>> Pairs(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(static pair => pair is [{ Length: > 0 }, _])
            .Select(static pair => new KeyValuePair<string, string>(pair[0], Uri.UnescapeDataString(pair[1])))];
}
