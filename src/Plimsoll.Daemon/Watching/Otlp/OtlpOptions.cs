namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>What is exported and to where: the standard <c>OTEL_*</c> variables; nothing unless one of them names an endpoint or the exporter <c>otlp</c>.</summary>
/// <remarks>OpenTelemetry specification, "OTLP exporter configuration" and "General SDK configuration".</remarks>
internal sealed record OtlpOptions(OtlpTarget? Traces, OtlpTarget? Metrics, OtlpTarget? Logs, IReadOnlyList<KeyValuePair<string, string>> Resource)
{
    private const string ServiceName = "service.name";
    private const string ServiceInstance = "service.instance.id";

    /// <summary>Between two exports of metrics.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An export of metrics with all its tries takes no longer.</summary>
    public TimeSpan MetricTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Null when nothing is to be exported.</summary>
    /// <param name="instance">Tells this state folder from others of the same service name.</param>
    /// <param name="problems">A sentence for each value that cannot be followed.</param>
    public static OtlpOptions? Read(IReadOnlyDictionary<string, string> environment, string instance, out IReadOnlyList<string> problems)
    {
        problems = [];
        if (!IsAsked(environment))
        {
            return null;
        }

        var variables = new OtlpVariables(environment);
        problems = variables.Problems;
        if (string.Equals(variables.Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        OtlpTarget? traces = variables.Target(OtlpSignal.Traces);
        OtlpTarget? metrics = variables.Target(OtlpSignal.Metrics);
        OtlpTarget? logs = variables.Target(OtlpSignal.Logs);
        if (traces is null && metrics is null && logs is null)
        {
            return null;
        }

        var options = new OtlpOptions(traces, metrics, logs, ResourceOf(variables, instance));
        return metrics is null ? options : options with
        {
            MetricInterval = variables.Milliseconds("OTEL_METRIC_EXPORT_INTERVAL") ?? options.MetricInterval,
            MetricTimeout = variables.Milliseconds("OTEL_METRIC_EXPORT_TIMEOUT") ?? options.MetricTimeout,
        };
    }

    /// <summary>Cheap, for the start of every run pays for it.</summary>
    private static bool IsAsked(IReadOnlyDictionary<string, string> environment)
    {
        foreach (string name in environment.Keys)
        {
            if (name.StartsWith("OTEL_", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static List<KeyValuePair<string, string>> ResourceOf(OtlpVariables variables, string instance)
    {
        List<KeyValuePair<string, string>> given = variables.Pairs("OTEL_RESOURCE_ATTRIBUTES");
        string service = variables.Value("OTEL_SERVICE_NAME") ?? Given(ServiceName) ?? "plimsoll";
        return [new(ServiceName, service), new(ServiceInstance, Given(ServiceInstance) ?? instance), .. given.Where(static pair => pair.Key is not (ServiceName or ServiceInstance))];

        string? Given(string name) => given.FindLast(pair => pair.Key == name).Value;
    }
}
