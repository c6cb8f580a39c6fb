using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Otlp;

public sealed class OtlpFaultTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TraceSpan Span = new(new string('a', 32), new string('b', 16), null, "build", IsCall: false, DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch.AddDays(2), [new("plimsoll.class", "half a pair \ud83d")], "exit code 3");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status502BadGateway)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status504GatewayTimeout)]
    public async Task A_collector_that_is_busy_is_asked_again_when_it_says(int status)
    {
        await using Collector collector = await Collector.StartAsync(Token);
        collector.Answer = (context, count) => AnswerAsync(context, count == 1 ? status : 200, "0");
        var told = new ConcurrentQueue<string>();
        await using (OtlpOutlet outlet = Outlet(collector.Url, told))
        {
            outlet.Spans!.Add(static () => Span);
            await Until.TrueAsync(() => !collector.Spans.IsEmpty);
        }

        collector.IsContent();
        Assert.Single(collector.Spans);
        Assert.Empty(told);
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_tried_again_and_told_once_with_what_was_lost()
    {
        await using Collector collector = await Collector.StartAsync(Token);
        collector.Answer = static (context, _) => AnswerAsync(context, StatusCodes.Status400BadRequest, null);
        var told = new ConcurrentQueue<string>();
        OtlpOutlet outlet = Outlet(collector.Url, told);
        for (int sent = 1; sent <= 3; sent++)
        {
            outlet.Spans!.Add(static () => Span);
            await Until.TrueAsync(() => outlet.Dropped.Single(static one => one.Signal == "traces").Count == sent);
        }

        Assert.Contains("traces are lost", Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains("it answered 400", told.Single(), StringComparison.Ordinal);
        Assert.Equal(3, collector.Requests);

        collector.Answer = static (_, _) => Task.FromResult(false);
        outlet.Spans!.Add(static () => Span);
        await outlet.DisposeAsync().AsTask().WaitAsync(Limit, TimeProvider.System, Token);
        Assert.Equal(2, told.Count);
        Assert.Contains("takes traces again; 3 were lost", told.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_collector_took_only_in_part_is_counted_and_told()
    {
        await using Collector collector = await Collector.StartAsync(Token);
        collector.Answer = static async (context, _) =>
        {
            await context.Response.WriteAsync("""{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}""", Token);
            return true;
        };
        var told = new ConcurrentQueue<string>();
        OtlpOutlet outlet = Outlet(collector.Url, told);
        outlet.Spans!.Add(static () => Span);
        await outlet.DisposeAsync().AsTask().WaitAsync(Limit, TimeProvider.System, Token);

        Assert.Contains("took only a part: too old", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(1, outlet.Dropped.Single(static one => one.Signal == "traces").Count);
        Assert.Equal(1, collector.Requests);
    }

    [Fact]
    public async Task A_collector_that_hangs_holds_nothing_up_and_costs_bounded_memory()
    {
        await using Collector collector = await Collector.StartAsync(Token);
        collector.Answer = static async (context, _) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            return true;
        };
        var told = new ConcurrentQueue<string>();
        OtlpOutlet outlet = Outlet(collector.Url, told, patience: TimeSpan.FromSeconds(1));
        for (int i = 0; i < 100_000; i++)
        {
            outlet.Spans!.Add(static () => Span);
        }

        Assert.InRange(outlet.Dropped.Single(static one => one.Signal == "traces").Count, 70_000, 80_000);
        await outlet.DisposeAsync().AsTask().WaitAsync(Limit, TimeProvider.System, Token);
        Assert.Equal(100_000, outlet.Dropped.Single(static one => one.Signal == "traces").Count);
        Assert.Contains("it did not answer before the end", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_loses_what_was_queued_and_no_more()
    {
        var told = new ConcurrentQueue<string>();
        OtlpOutlet outlet = Outlet("http://127.0.0.1:9", told);
        outlet.Spans!.Add(static () => Span);
        await outlet.DisposeAsync().AsTask().WaitAsync(Limit, TimeProvider.System, Token);

        Assert.Contains("it cannot be reached (ConnectionError)", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(1, outlet.Dropped.Single(static one => one.Signal == "traces").Count);
    }

    private static OtlpOutlet Outlet(string url, ConcurrentQueue<string> told, TimeSpan? patience = null) =>
        new(OtlpOptions.Read(new Dictionary<string, string>(StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url }, "journal", out _)!, TimeProvider.System, told.Enqueue, patience ?? Patience);

    private static Task<bool> AnswerAsync(HttpContext context, int status, string? after)
    {
        context.Response.StatusCode = status;
        if (after is not null)
        {
            context.Response.Headers.RetryAfter = after;
        }

        return Task.FromResult(status != StatusCodes.Status200OK);
    }
}
