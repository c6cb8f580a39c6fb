using System.Net;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Gateway.Callers;
using Plimsoll.Tests.Calibration.ProviderModel;
using Plimsoll.Tests.Support;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class RetryTests
{
    private readonly StillTime time = new();

    [Theory]
    [InlineData((int)FaultKind.RateLimited)]
    [InlineData((int)FaultKind.RateLimitedSilently)]
    public async Task A_429_never_reaches_the_agent(int fault)
    {
        using ProviderServer provider = Provider((FaultKind)fault, (FaultKind)fault, (FaultKind)fault, (FaultKind)fault, (FaultKind)fault, (FaultKind)fault);
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        string text = await time.LeapUntilAsync(rig.AnswerAsync("/v1/messages", GatewayRig.Message));
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", text, StringComparison.Ordinal);
        CallRecord call = await rig.Calls.NextAsync();
        Assert.Equal((200, 6, 100), (call.Status, call.Usage.Refusals, call.Usage.OutputTokens));
        Assert.True(call.Usage.Queued > TimeSpan.Zero);
    }

    [Theory]
    [InlineData((int)FaultKind.Overloaded)]
    [InlineData((int)FaultKind.ServerError)]
    [InlineData((int)FaultKind.TimedOut)]
    public async Task A_failure_before_the_first_byte_is_tried_again(int fault)
    {
        using ProviderServer provider = Provider((FaultKind)fault, (FaultKind)fault);
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        string text = await time.LeapUntilAsync(rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage));
        Assert.Contains("\"type\":\"message\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_does_not_end_is_passed_on_and_not_to_be_repeated()
    {
        using ProviderServer provider = Provider([.. Enumerable.Repeat(FaultKind.ServerError, 20)]);
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        using HttpResponseMessage response = await time.LeapUntilAsync(rig.PostAsync("/v1/messages", GatewayRig.WholeMessage));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Contains("api_error", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(4, provider.Look((account, now) => account.Charged("large", QuotaDimension.Requests, now)));
    }

    [Fact]
    public async Task A_spend_limit_is_told_at_once()
    {
        using ProviderServer provider = Provider(FaultKind.SpendLimit);
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.WholeMessage);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Contains("enforced_spend_limit_reached", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_named_without_a_stack_trace()
    {
        string gone;
        using (ProviderServer provider = Provider())
            gone = provider.BaseUrl;
        await using GatewayRig rig = await GatewayRig.StartAsync(gone, Kind.Anthropic, time);
        using HttpResponseMessage response = await time.LeapUntilAsync(rig.PostAsync("/v1/messages", GatewayRig.WholeMessage));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'models' could not be reached", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_is_cut_for_the_client_too()
    {
        using ProviderServer provider = Provider(FaultKind.Cut);
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, time);
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.Message);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static ProviderServer Provider(params FaultKind[] faults) =>
        ProviderServer.Start(ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().With(faults), new LeapingTime());
}
