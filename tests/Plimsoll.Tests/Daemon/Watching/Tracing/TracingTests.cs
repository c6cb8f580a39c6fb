using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Tracing;

public sealed class TracingTests
{
    private static readonly AttemptId First = new(new TaskId(new RunId(3), 0), 1, 7);
    private static readonly AttemptId Second = new(new TaskId(new RunId(3), 1), 1, 8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Attempts_of_a_run_share_a_trace_and_single_tasks_have_one_each()
    {
        var run = new TraceIds("journal", static _ => false);
        var inbox = new TraceIds("journal", static _ => true);

        Assert.Equal(run.TraceOf(First.Task), run.TraceOf(Second.Task));
        Assert.Equal(run.TraceOf(new RunId(3)), run.TraceOf(First.Task));
        Assert.NotEqual(run.SpanOf(First), run.SpanOf(Second));
        Assert.Equal(run.SpanOf(new RunId(3)), run.ParentOf(First));
        Assert.NotEqual(inbox.TraceOf(First.Task), inbox.TraceOf(Second.Task));
        Assert.Null(inbox.ParentOf(First));
        Assert.NotEqual(run.TraceOf(First.Task), new TraceIds("other", static _ => false).TraceOf(First.Task));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", run.ParentFor(First));
    }

    [Fact]
    public async Task A_task_finds_its_trace_in_its_environment()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string file = Path.Combine(service.Project.Folder, "trace");
        string id = await service.SubmitAsync($$"""{"run": "printenv TRACEPARENT > {{file}}"}""");
        await service.UntilAsync(id, "succeeded");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01\n$", await File.ReadAllTextAsync(file, Token));

        using var project = new ProjectRig();
        await project.RunAsync("tasks: [{id: a, run: 'printenv TRACEPARENT > one'}, {id: b, env: {TRACEPARENT: mine}, run: 'printenv TRACEPARENT > two'}]");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01\n$", project.Read("one"));
        Assert.Equal("mine\n", project.Read("two"));
    }

    [Fact]
    public void Nothing_is_exported_unless_the_environment_asks_for_it()
    {
        Assert.Null(OtlpOptions.Read(Environment(), out string? problem));
        Assert.Null(problem);
        Assert.Null(OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"), ("OTEL_SDK_DISABLED", "true")), out problem));
        Assert.Null(OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"), ("OTEL_TRACES_EXPORTER", "none")), out problem));
        Assert.Null(OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")), out problem));
        Assert.Contains("grpc", problem, StringComparison.Ordinal);
        Assert.Null(OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")), out problem));
        Assert.NotNull(problem);

        OtlpOptions options = OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/"), ("OTEL_SERVICE_NAME", "fleet"), ("OTEL_EXPORTER_OTLP_HEADERS", "a=b, key=x%20y")), out problem)!;
        Assert.Equal("http://collector:4318/v1/traces", options.Traces.ToString());
        Assert.Equal("fleet", options.Service);
        Assert.Equal([new("a", "b"), new("key", "x y")], options.Headers);
    }

    [Fact]
    public async Task Spans_reach_a_collector_as_OTLP_and_one_that_is_away_blocks_nothing()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var bodies = new ConcurrentQueue<JsonElement>();
        app.MapPost("/v1/traces", async context => bodies.Enqueue((await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: Token)).RootElement));
        await app.StartAsync(Token);
        OtlpOptions options = OtlpOptions.Read(Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.First())), out _)!;
        var span = new TraceSpan(new string('a', 32), new string('b', 16), new string('c', 16), "build", IsCall: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(2), [new("plimsoll.class", "x")], "exit code 3");

        await using (var exporter = new OtlpExporter(options, TimeProvider.System, Assert.Fail))
        {
            exporter.Add(span);
        }

        JsonElement sent = Assert.Single(bodies).GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Equal(new string('a', 32), sent.GetProperty("traceId").GetString());
        Assert.Equal("2000000000", sent.GetProperty("endTimeUnixNano").GetString());
        Assert.Equal(2, sent.GetProperty("status").GetProperty("code").GetInt32());

        OtlpOptions away = options with { Traces = new Uri("http://127.0.0.1:9/v1/traces") };
        var lost = new OtlpExporter(away, TimeProvider.System, static _ => { });
        for (int i = 0; i < 100_000; i++)
        {
            lost.Add(span);
        }

        await lost.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.True(lost.Dropped > 0);
    }

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] entries) => entries.ToDictionary(static entry => entry.Name, static entry => entry.Value, StringComparer.Ordinal);
}
