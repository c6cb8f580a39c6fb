using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Quotas;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class BalancingTests
{
    private const string Chat = """{"model":"m","messages":[]}""";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_breaker_opens_after_five_failures_and_lets_one_try()
    {
        Breaker breaker = new();
        for (int failure = 0; failure < 4; failure++)
            Assert.False(breaker.Failed(Start));
        Assert.True(breaker.Failed(Start));
        Assert.False(breaker.TryPass(Start.AddSeconds(4)));
        Assert.True(breaker.TryPass(Start.AddSeconds(5)));
        Assert.False(breaker.TryPass(Start.AddSeconds(5)));
        breaker.Failed(Start.AddSeconds(6));
        Assert.False(breaker.TryPass(Start.AddSeconds(15)));
        Assert.True(breaker.TryPass(Start.AddSeconds(16)));
        breaker.Succeeded();
        Assert.True(breaker.TryPass(Start.AddSeconds(16)));
    }

    [Theory]
    [InlineData(BalancingStrategy.RoundRobin, 6, 6)]
    [InlineData(BalancingStrategy.WeightedRoundRobin, 9, 3)]
    [InlineData(BalancingStrategy.LeastLoaded, 6, 6)]
    public async Task A_pool_shares_requests_by_its_strategy(BalancingStrategy strategy, int first, int second)
    {
        using RawUpstream one = Answering();
        using RawUpstream two = Answering();
        await using GatewayRig rig = await GatewayRig.StartAsync(Pool(strategy, one, two), new StillTime());
        for (int request = 0; request < 12; request++)
            await rig.AnswerAsync("/v1/chat/completions", Chat);
        Assert.Equal((first, second), (one.Count, two.Count));
    }

    [Fact]
    public async Task Another_endpoint_takes_over_from_one_that_fails()
    {
        StillTime time = new();
        using RawUpstream broken = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{}", "HTTP/1.1 503 Busy"), cancellation));
        using RawUpstream well = Answering();
        await using GatewayRig rig = await GatewayRig.StartAsync(Pool(BalancingStrategy.RoundRobin, broken, well), time);
        for (int request = 0; request < 20; request++)
        {
            using HttpResponseMessage response = await time.LeapUntilAsync(rig.PostAsync("/v1/chat/completions", Chat));
            Assert.True(response.IsSuccessStatusCode);
        }

        Assert.Equal(20, well.Count);
        Assert.InRange(broken.Count, 5, 8);
        Assert.Contains(rig.Notices, notice => notice.Contains("answers 503 again and again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_goes_to_the_pool_that_was_configured_for_it()
    {
        using RawUpstream one = Answering();
        using RawUpstream two = Answering();
        GatewaySettings settings = Pool(BalancingStrategy.Capability, one, two);
        settings = settings with { Pools = [new("small", BalancingStrategy.Capability, [new("b", null, ["m*"])])] };
        await using GatewayRig rig = await GatewayRig.StartAsync(settings, new StillTime());
        await rig.AnswerAsync("/v1/chat/completions", Chat);
        await rig.AnswerAsync("/v1/chat/completions", Chat.Replace("\"m\"", "\"other\"", StringComparison.Ordinal));
        await rig.AnswerAsync("/a/v1/chat/completions", Chat);
        Assert.Equal((2, 1), (one.Count, two.Count));
    }

    [Fact]
    public void How_many_agents_are_fed_follows_from_what_one_uses_when_it_does_not_wait()
    {
        FeedTracker feeds = new();
        Assert.Null(feeds.Feeds);

        // Each asks every 10 s of its own time, waits 30 s for quota besides, and uses half a second of quota.
        for (int call = 0; call < 40; call++)
        {
            feeds.Sent(call % 4, Start.AddSeconds(40 * (call / 4)), TimeSpan.FromSeconds(30));
            feeds.Used(0.5);
        }

        Assert.Equal(20, feeds.Feeds);
    }

    private static RawUpstream Answering() => new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{}"), cancellation));

    private static GatewaySettings Pool(BalancingStrategy strategy, RawUpstream one, RawUpstream two)
    {
        ProviderSettings Provider(string name, RawUpstream upstream) => new(name, Kind.OpenAI, new(upstream.BaseUrl), [new("main", new("REAL_KEY", null), [])], []);
        EndpointSettings[] endpoints = [new("a", null, ["*"], Weight: 3), new("b", null, ["*"])];
        return new([Provider("a", one), Provider("b", two)], [new("both", strategy, [.. endpoints])]);
    }
}
