using System.Net;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Tests.Calibration.ProviderModel;
using Plimsoll.Tests.Support;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class QueueTests
{
    private static readonly QuotaSettings SixPerMinute = new("*", Requests: Rate.PerMinute(6));
    private readonly StillTime time = new();

    [Fact]
    public async Task A_request_without_quota_waits_for_it_and_is_sent_at_the_exact_moment()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await Rig(provider);
        await rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        Task<string> second = rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        await UntilWaiting(rig, 1);
        time.Advance(TimeSpan.FromSeconds(9.99));
        Assert.Equal(1, Assert.Single(rig.Host.Snapshot().Quotas).Waiting);
        time.Advance(TimeSpan.FromSeconds(0.02));
        Assert.Contains("\"type\":\"message\"", await second, StringComparison.Ordinal);
        await rig.Calls.NextAsync();
        Assert.Equal(10, (await rig.Calls.NextAsync()).Usage.Queued.TotalSeconds, 0.05);
    }

    [Fact]
    public async Task A_request_whose_model_cannot_be_read_waits_for_quota_as_well()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await Rig(provider, SixPerMinute with { Models = "large*" });
        await rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        Task<HttpResponseMessage> second = rig.PostAsync("/v1/messages", "not json at all");
        await UntilWaiting(rig, 1);
        time.Advance(TimeSpan.FromSeconds(10.01));
        (await second).Dispose();
    }

    [Fact]
    public async Task A_request_that_gets_no_quota_in_time_is_refused_so_that_it_may_come_again()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await Rig(provider, SixPerMinute with { Requests = new Rate(1, TimeSpan.FromHours(1)) });
        await rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        Task<HttpResponseMessage> second = rig.PostAsync("/v1/messages", GatewayRig.WholeMessage);
        await UntilWaiting(rig, 1);
        await time.UntilWaitedForAsync(TimeSpan.FromMinutes(4));
        time.Advance(TimeSpan.FromMinutes(4));
        using HttpResponseMessage response = await second;
        Assert.Equal(529, (int)response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.False(response.Headers.Contains("x-should-retry"));
        Assert.Contains("overloaded_error", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(rig.Host.Snapshot().Quotas).Waiting);
    }

    [Fact]
    public async Task A_stream_without_quota_is_kept_alive_by_pings_until_its_turn()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await Rig(provider, SixPerMinute with { Requests = new Rate(1, TimeSpan.FromMinutes(5)) });
        await rig.AnswerAsync("/v1/messages", GatewayRig.Message);
        Task<HttpResponseMessage> second = rig.PostAsync("/v1/messages", GatewayRig.Message);
        await UntilWaiting(rig, 1);
        await time.UntilWaitedForAsync(TimeSpan.FromMinutes(4));
        time.Advance(TimeSpan.FromMinutes(4));
        using HttpResponseMessage response = await second;
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        time.Advance(TimeSpan.FromMinutes(1.1));
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("event: ping\ndata: {\"type\": \"ping\"}\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_the_queue()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await Rig(provider);
        await rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        using (HttpClient impatient = rig.Connect(rig.Key))
        {
            Task<HttpResponseMessage> second = GatewayRig.PostAsync(impatient, "/v1/messages", GatewayRig.WholeMessage);
            await UntilWaiting(rig, 1);
            impatient.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        }

        await rig.Calls.NextAsync();
        Assert.Equal(499, (await rig.Calls.NextAsync()).Status);
        Assert.Equal(0, Assert.Single(rig.Host.Snapshot().Quotas).Waiting);
    }

    [Fact]
    public async Task Limits_are_learned_from_headers()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        await rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        QuotaSnapshot quota = Assert.Single(rig.Host.Snapshot().Quotas);
        Assert.Equal("large", quota.Models);
        Assert.Equal(
            [(Dimension.Requests, 1000.0), (Dimension.InputTokens, 2_000_000.0), (Dimension.OutputTokens, 400_000.0)],
            quota.Levels.Where(level => level.Learned).Select(level => (level.Dimension, level.PerMinute)));
        Assert.Equal(0, quota.InFlight);
    }

    private Task<GatewayRig> Rig(ProviderServer provider, QuotaSettings? quota = null) =>
        GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time, settings => GatewayRig.WithQuota(settings, quota ?? SixPerMinute));

    private static async Task UntilWaiting(GatewayRig rig, int count)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (rig.Host.Snapshot().Quotas.Sum(quota => quota.Waiting) < count)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static ProviderServer Provider() => ProviderServer.Start(ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact(), new LeapingTime());
}
