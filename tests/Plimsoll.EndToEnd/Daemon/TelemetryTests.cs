using System.Globalization;
using System.Text.Json;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>What the executable exports when the standard variables ask for it, read by a collector that knows the protocol.</summary>
public sealed class TelemetryTests
{
    private const string Plan = "name: build\ntasks: { good: { run: 'echo $TRACEPARENT > good' }, bad: { run: 'echo $TRACEPARENT > bad; exit 3', retries: 0 } }\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_exports_itself_and_its_attempts_as_the_spans_that_its_tasks_were_told_of()
    {
        await using Collector collector = await Collector.StartAsync(Cancel);
        using TemporaryProject project = Project(collector.Url);
        project.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=some%20secret";
        project.Environment["OTEL_EXPORTER_OTLP_COMPRESSION"] = "gzip";
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);

        collector.IsContent();
        OtlpReading.Span root = collector.Spans.Single(static span => span.ParentId is null);
        OtlpReading.Span good = collector.Spans.Single(static span => span.Name == "good");
        OtlpReading.Span bad = collector.Spans.Single(static span => span.Name == "bad");
        Assert.Equal(("run build", 3), (root.Name, collector.Spans.Count));
        Assert.Equal($"00-{root.TraceId}-{good.SpanId}-01", project.Read("good").Trim());
        Assert.Equal($"00-{root.TraceId}-{bad.SpanId}-01", project.Read("bad").Trim());
        Assert.Equal((root.SpanId, root.SpanId), (good.ParentId, bad.ParentId));
        Assert.Equal((1, 2, 2), (good.Status, bad.Status, root.Status));

        OtlpReading.Line ended = collector.Lines.Single(line => line.Event == "attempt.ended" && line.SpanId == bad.SpanId);
        Assert.Equal((13, bad.TraceId, "failed"), (ended.Severity, ended.TraceId, ended.Attributes["plimsoll.outcome"]));
        Assert.Contains(collector.Lines, line => line.Event == "run.ended" && line.SpanId == root.SpanId);
        Assert.All(collector.Headers, static header => Assert.EndsWith(" some secret", header, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", run.Stdout + run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_exports_traces_logs_and_metrics_and_its_last_numbers_at_the_end()
    {
        await using Collector collector = await Collector.StartAsync(Cancel);
        using TemporaryProject project = Project(collector.Url);
        project.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        project.Environment["OTEL_SERVICE_NAME"] = "fleet";
        using (ServiceProcess service = new(project))
        {
            await service.ReadyAsync();
            Assert.True(await service.SubmitAsync(["""{"run": "echo $TRACEPARENT > good", "class": "fine"}"""]));
            await service.IdleAsync(TimeSpan.FromSeconds(60));
            await TemporaryProject.UntilAsync(() => Value("plimsoll.pool.processed") == 1, "the metrics tell of the task");
            await TemporaryProject.UntilAsync(() => !collector.Spans.IsEmpty && collector.Lines.Any(static line => line.Event == "attempt.ended"), "span and line arrive");
            service.AskToStop();
            await service.StoppedAsync();
        }

        collector.IsContent();
        OtlpReading.Span span = Assert.Single(collector.Spans);
        Assert.Null(span.ParentId);
        Assert.Equal($"00-{span.TraceId}-{span.SpanId}-01", project.Read("good").Trim());
        Assert.Equal(span.SpanId, collector.Lines.Single(static line => line.Event == "attempt.ended").SpanId);
        OtlpReading.Point processed = collector.Points["plimsoll.attempts.ended plimsoll.class=fine plimsoll.outcome=succeeded"];
        Assert.Equal(("sum", 1d), (processed.Kind, processed.Value));
        Assert.Contains(collector.Points.Values, static point => point is { Name: "plimsoll.node.memory.limit", Kind: "gauge", Unit: "By", Value: > 0 });
        Assert.Contains(collector.Points.Keys, static key => key == "plimsoll.telemetry.dropped plimsoll.signal=traces");

        double Value(string name) => collector.Points.GetValueOrDefault(name)?.Value ?? -1;
    }

    [Fact]
    public async Task A_model_call_of_a_run_is_a_span_below_its_attempt()
    {
        await using Collector collector = await Collector.StartAsync(Cancel);
        using ProviderServer provider = ProviderServer.Start(ProviderOptions.Anthropic(new QuotaLimits()), TimeProvider.System);
        using TemporaryProject project = Project(collector.Url);
        project.Environment["ANTHROPIC_API_KEY"] = "sk-real";
        project.Write("plimsoll.yaml", $"providers: {{ anthropic: {{ base_url: \"{provider.BaseUrl}\", key: {{ from: ANTHROPIC_API_KEY }} }} }}\n");
        project.Write("plan.yaml", "tasks: { ask: { llm: { model: claude-x, prompt: hello } } }\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);

        collector.IsContent();
        OtlpReading.Span attempt = collector.Spans.Single(static span => span.Name == "ask");
        OtlpReading.Span call = collector.Spans.Single(static span => span.Attributes.ContainsKey("gen_ai.request.model"));
        Assert.Equal((attempt.TraceId, attempt.SpanId, 3), (call.TraceId, call.ParentId, call.Kind));
        Assert.Equal(("claude-x", "anthropic"), (call.Attributes["gen_ai.request.model"], call.Attributes["gen_ai.provider.name"]));
    }

    [Theory]
    [InlineData("hangs", "it did not answer before the end")]
    [InlineData("away", "it cannot be reached")]
    [InlineData("400", "it answered 400")]
    [InlineData("503", "it answered 503")]
    public async Task A_collector_that_does_not_take_it_costs_a_run_a_warning_and_nothing_else(string fault, string reason)
    {
        await using Collector collector = await Collector.StartAsync(Cancel);
        collector.Answer = async (context, _) =>
        {
            if (fault == "hangs")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }

            context.Response.StatusCode = int.Parse(fault, CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = "3600";
            return true;
        };
        using TemporaryProject project = Project(fault == "away" ? "http://127.0.0.1:9" : collector.Url);
        project.Environment["OTEL_LOGS_EXPORTER"] = "none";
        project.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "600000"; // so that nothing but the end of the run ends the wait
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);

        string told = Assert.Single((run.Stdout + run.Stderr).Split('\n'), static line => line.Contains("traces are lost", StringComparison.Ordinal));
        Assert.Contains(reason, told, StringComparison.Ordinal);
        Assert.Equal(2, project.Lines("good").Length + project.Lines("bad").Length);
        Assert.InRange(collector.Requests, 0, 3);
    }

    [Fact]
    public async Task Values_that_cannot_be_followed_are_told_at_the_start()
    {
        using TemporaryProject project = Project("collector");
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is 'collector', which is no http or https address", run.Stdout + run.Stderr, StringComparison.Ordinal);

        using ServiceProcess service = new(project);
        await service.ReadyAsync();
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is 'collector'", service.Seen, StringComparison.Ordinal);
        service.AskToStop();
        await service.StoppedAsync();
    }

    [Fact]
    public async Task A_refusal_says_in_either_form_of_the_log_what_was_found_and_what_to_change()
    {
        using TemporaryProject project = new();
        ProcessResult format = (await project.PlimsollAsync("serve", "--log-format", "xml")).Ended(2);
        Assert.Contains("--log-format takes text or json, found 'xml'", format.Stderr, StringComparison.Ordinal);

        project.Write("plimsoll.yaml", "locks: { db: {} }\n");
        ProcessResult configuration = (await project.PlimsollAsync("serve", "--log-format", "json")).Ended(2);
        string[] told = [.. configuration.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line).GetProperty("message").GetString()!)];
        Assert.Contains("(found: a mapping). Write a number from 1 to 1000000.", told[0], StringComparison.Ordinal);
    }

    private static TemporaryProject Project(string collector)
    {
        TemporaryProject project = new();
        project.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        project.Write("plan.yaml", Plan);
        return project;
    }
}
