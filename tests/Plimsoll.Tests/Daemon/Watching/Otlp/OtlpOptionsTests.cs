using Plimsoll.Daemon.Watching.Otlp;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Otlp;

public sealed class OtlpOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("OTEL_SERVICE_NAME=fleet")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 OTEL_SDK_DISABLED=True")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=prometheus OTEL_LOGS_EXPORTER=none")]
    public void Nothing_is_exported_unless_the_environment_asks_for_it(string variables)
    {
        Assert.Null(Read(variables, out IReadOnlyList<string> problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_general_endpoint_stands_for_all_signals_and_one_of_a_signal_for_itself()
    {
        OtlpOptions all = Read("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318/otlp/", out _)!;
        Assert.Equal(["http://collector:4318/otlp/v1/traces", "http://collector:4318/otlp/v1/metrics", "http://collector:4318/otlp/v1/logs"], new[] { all.Traces, all.Metrics, all.Logs }.Select(static one => one!.Address.ToString()));

        OtlpOptions one = Read("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://metrics/write OTEL_LOGS_EXPORTER=otlp", out _)!;
        Assert.Null(one.Traces);
        Assert.Equal(("https://metrics/write", "http://localhost:4318/v1/logs"), (one.Metrics!.Address.ToString(), one.Logs!.Address.ToString()));

        OtlpOptions mixed = Read("OTEL_METRICS_EXPORTER=otlp,prometheus", out _)!;
        Assert.NotNull(mixed.Metrics);
        Assert.Null(mixed.Traces);
    }

    [Fact]
    public void Headers_times_and_names_are_those_of_the_signal_before_the_general_ones()
    {
        OtlpOptions options = Read(
            "OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_HEADERS=a=b,key=x%20y OTEL_EXPORTER_OTLP_METRICS_HEADERS=only=mine OTEL_EXPORTER_OTLP_TIMEOUT=2000 OTEL_EXPORTER_OTLP_LOGS_TIMEOUT=300 OTEL_EXPORTER_OTLP_TRACES_COMPRESSION=gzip "
            + "OTEL_METRIC_EXPORT_INTERVAL=1500 OTEL_METRIC_EXPORT_TIMEOUT=700 OTEL_SERVICE_NAME=fleet OTEL_RESOURCE_ATTRIBUTES=service.name=other,deployment.environment.name=prod",
            out IReadOnlyList<string> problems)!;

        Assert.Empty(problems);
        Assert.Equal([new("a", "b"), new("key", "x y")], options.Traces!.Headers);
        Assert.Equal([new("only", "mine")], options.Metrics!.Headers);
        Assert.Equal((2000, 300), (options.Metrics.Timeout.TotalMilliseconds, options.Logs!.Timeout.TotalMilliseconds));
        Assert.Equal((1500, 700), (options.MetricInterval.TotalMilliseconds, options.MetricTimeout.TotalMilliseconds));
        Assert.Equal((true, false), (options.Traces.Compresses, options.Logs.Compresses));
        Assert.Equal([new("service.name", "fleet"), new("service.instance.id", "journal"), new("deployment.environment.name", "prod")], options.Resource);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector', which is no http or https address", false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=ftp://c", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is 'ftp://c'", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc', and Plimsoll speaks OTLP over HTTP", false)]
    [InlineData("OTEL_TRACES_EXPORTER=zipkin", "OTEL_TRACES_EXPORTER names 'zipkin', which Plimsoll does not know; it takes otlp, none", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_TIMEOUT=soon", "OTEL_EXPORTER_OTLP_TIMEOUT is 'soon', which is no number of milliseconds", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_METRIC_EXPORT_INTERVAL=0", "OTEL_METRIC_EXPORT_INTERVAL is '0'", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_COMPRESSION=zstd", "OTEL_EXPORTER_OTLP_COMPRESSION is 'zstd'; Plimsoll takes gzip or none", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_HEADERS=secret", "OTEL_EXPORTER_OTLP_HEADERS holds an entry that is no name=value", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_HEADERS=k=secret%0A", "OTEL_EXPORTER_OTLP_HEADERS holds a header that HTTP does not allow", true)]
    public void A_value_that_cannot_be_followed_is_told_once_and_shows_no_secret(string variables, string problem, bool exports)
    {
        Assert.Equal(exports, Read(variables, out IReadOnlyList<string> problems) is not null);
        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problems[0], StringComparison.Ordinal);
    }

    private static OtlpOptions? Read(string variables, out IReadOnlyList<string> problems) => OtlpOptions.Read(
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static one => one.Split('=', 2)).ToDictionary(static one => one[0], static one => one[1], StringComparer.Ordinal), "journal", out problems);
}
