using System.Net;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Tests.Calibration.ProviderModel;
using Plimsoll.Tests.Support;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class ForwardingTests
{
    private const string Messages = "/v1/messages";

    [Fact]
    public async Task A_message_streams_through_the_gateway_to_the_end()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages?beta=true", GatewayRig.Message);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("event: message_start\n", text, StringComparison.Ordinal);
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", text, StringComparison.Ordinal);
        Assert.Equal(200, (await rig.Calls.NextAsync()).Status);
    }

    [Theory]
    [InlineData("/messages")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/v1/messages")]
    [InlineData("/models/v1/messages")]
    public async Task A_route_is_served_whatever_the_base_url_looked_like(string path)
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        using HttpResponseMessage response = await rig.PostAsync(path, GatewayRig.WholeMessage);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("messages", (await rig.Calls.NextAsync()).Route);
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("api-key")]
    public async Task A_key_is_accepted_in_any_header_that_clients_use(string header)
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        rig.Client.DefaultRequestHeaders.Authorization = null;
        rig.Client.DefaultRequestHeaders.Add(header, rig.Key);
        using HttpResponseMessage response = await rig.PostAsync(Messages, GatewayRig.WholeMessage);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("plimsoll-guess")]
    [InlineData(GatewayRig.RealKey)]
    public async Task Any_other_key_is_refused_in_the_providers_shape(string key)
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        using HttpClient stranger = rig.Connect(key);
        using HttpResponseMessage response = await GatewayRig.PostAsync(stranger, Messages, GatewayRig.WholeMessage);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.StartsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_of_the_account_are_not_shown_to_one_client_but_request_ids_are()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        using HttpResponseMessage response = await rig.PostAsync(Messages, GatewayRig.WholeMessage);
        Assert.True(response.Headers.Contains("request-id"));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("anthropic-ratelimit", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        using ProviderServer provider = Provider();
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        rig.Host.Revoke(GatewayRig.Someone.Attempt!.Value);
        using HttpResponseMessage response = await rig.PostAsync(Messages, GatewayRig.WholeMessage);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static ProviderServer Provider() => ProviderServer.Start(ProviderOptions.Anthropic(QuotaLimits()).Exact(), new LeapingTime());

    private static Plimsoll.Calibration.ProviderModel.Quotas.QuotaLimits QuotaLimits() => Plimsoll.Calibration.ProviderModel.Quotas.QuotaLimits.Anthropic[0];
}
