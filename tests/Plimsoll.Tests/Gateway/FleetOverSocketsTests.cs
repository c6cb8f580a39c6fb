using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Tests.Support;
using Xunit;
using GatewayKind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

/// <summary>Many clients in real time, through sockets, before a provider that refuses, fails and cuts; nothing here depends on how fast the machine is.</summary>
public sealed class FleetOverSocketsTests
{
    private const int Clients = 40;

    [Fact]
    public async Task Nobody_sees_a_429_and_every_token_is_counted_once()
    {
        Dictionary<FaultKind, double> faults = new() { [FaultKind.RateLimited] = 0.02, [FaultKind.Overloaded] = 0.02, [FaultKind.Split] = 0.05 };
        using ProviderServer provider = ProviderServer.Start(
            ProviderOptions.Anthropic(new(RequestsPerMinute: 6_000, InputTokensPerMinute: 600_000, OutputTokensPerMinute: 600_000)) with
            {
                FirstTokenSeconds = Spread.Always(0.05),
                TokensPerSecond = Spread.Always(500),
                OutputTokens = Spread.Always(20),
                Faults = new() { Shares = faults, RetryAfter = TimeSpan.FromSeconds(1) },
            },
            TimeProvider.System);
        Ledger ledger = new();
        GatewaySettings settings = new(
            [new("model", GatewayKind.Anthropic, new(provider.BaseUrl), [new("main", null, [])], [])],
            ImmutableArray<PoolSettings>.Empty)
        {
            Coalesces = false,
        };
        GatewayStart start = await GatewayHost.StartAsync(settings, new(TimeProvider.System, new Dictionary<string, string>(), ledger, _ => { }), CancellationToken.None);
        await using GatewayHost gateway = start.Host ?? throw new InvalidOperationException(start.Refusal);
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(TestLevel.Count(4, 20, 300)), TimeProvider.System);
        ConcurrentBag<int> statuses = [];
        await Task.WhenAll([.. Enumerable.Range(0, Clients).Select(client => AskOnAsync(gateway, client, statuses, end.Token))]);

        Assert.NotEmpty(statuses);
        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(statuses.Count, ledger.Calls.Count(call => call.Status == 200));
        Assert.All(ledger.Calls.Where(call => call.Status == 200), call => Assert.Equal(20, call.Usage.OutputTokens));
        Assert.Equal(ledger.Calls.Sum(call => call.Usage.OutputTokens), provider.Look((account, now) => account.Charged("large", QuotaDimension.OutputTokens, now)));
        Assert.Equal(provider.Report().RateLimited, ledger.Calls.Sum(call => call.Usage.Refusals));
    }

    private static async Task AskOnAsync(GatewayHost gateway, int number, ConcurrentBag<int> statuses, CancellationToken end)
    {
        using HttpClient client = new() { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.Add("x-api-key", gateway.Issue(new($"client {number}", null)));
        while (!end.IsCancellationRequested)
        {
            string body = $$"""{"model":"large","max_tokens":100,"stream":{{(number % 2 == 0 ? "true" : "false")}},"messages":[{"role":"user","content":"{{new string('x', 100 * number)}}"}]}""";
            using HttpResponseMessage response = await client.PostAsync(
                new Uri("/v1/messages", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
        }
    }

    private sealed class Ledger : ICallObserver
    {
        public ConcurrentQueue<CallRecord> Calls { get; } = [];

        public void Ended(CallRecord call) => Calls.Enqueue(call);
    }
}
