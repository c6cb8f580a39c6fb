using System.Net.Http.Headers;
using System.Threading.Channels;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Requests;
using Plimsoll.Gateway.Callers;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Daemon.Gateways;

public sealed class GatewayLinkTests
{
    private const string Question = """{"model":"claude-x","max_tokens":400,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly AttemptId Attempt = new(new TaskId(new RunId(1), 0), 1, 7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_attempt_uses_is_told_while_it_lives_and_once_more_at_its_end()
    {
        using ProviderServer provider = Provider(tokensPerSecond: 5000);
        Sink sink = new();
        await using GatewayLink link = await StartAsync(provider, sink);
        AttemptWiring wiring = Wire(link);
        using HttpResponseMessage first = await AskAsync(wiring);
        await first.Content.ReadAsStringAsync(Token);
        Assert.Equal((Attempt, 1L), await sink.NextUsageAsync());

        using HttpResponseMessage second = await AskAsync(wiring);
        await second.Content.ReadAsStringAsync(Token);
        new MeteredEnds(link, sink).Post(new AttemptEnded(Attempt, Plimsoll.Core.Lifecycle.ExitReport.Success));
        Assert.Equal((Attempt, 2L), await sink.NextUsageAsync());
    }

    [Fact]
    public async Task A_stream_of_a_frozen_attempt_is_kept_and_told()
    {
        using ProviderServer provider = Provider(tokensPerSecond: 200);
        Sink sink = new();
        await using GatewayLink link = await StartAsync(provider, sink);
        AttemptWiring wiring = Wire(link);
        using HttpResponseMessage answer = await AskAsync(wiring);
        await using Stream stream = await answer.Content.ReadAsStreamAsync(Token);
        byte[] buffer = new byte[4096];
        Assert.True(await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: Token) > 0);
        link.Freeze(Attempt, frozen: true);
        while (provider.Look((account, now) => account.Charged("claude-x", QuotaDimension.OutputTokens, now)) < 300)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        link.Freeze(Attempt, frozen: false);
        using StreamReader rest = new(stream);
        Assert.Contains("message_stop", await rest.ReadToEndAsync(Token), StringComparison.Ordinal);
        StreamKept kept = await sink.NextAsync<StreamKept>();
        Assert.Equal((Attempt, 1), (kept.Attempt, kept.Streams));
        Assert.True(kept.Bytes > 0);
    }

    private static async Task<HttpResponseMessage> AskAsync(AttemptWiring wiring)
    {
        Dictionary<string, string> variables = new(wiring.Variables, StringComparer.Ordinal);
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, variables["ANTHROPIC_BASE_URL"] + "/v1/messages");
        request.Content = new StringContent(Question, new MediaTypeHeaderValue("application/json"));
        request.Headers.Add("x-api-key", variables["ANTHROPIC_API_KEY"]);
        HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        answer.EnsureSuccessStatusCode();
        return answer;
    }

    private static async Task<GatewayLink> StartAsync(ProviderServer provider, Sink sink)
    {
        ProviderSettings settings = new("anthropic", Plimsoll.Core.Providers.ProviderKind.Anthropic, new Uri(provider.BaseUrl), [new AccountSettings("default", null, [])], []);
        Outcome<GatewayLink> link = await GatewayLink.StartAsync(new GatewaySettings([settings], []), new Dictionary<string, string>(StringComparer.Ordinal), TimeProvider.System, static _ => { }, Token);
        GatewayLink started = ProjectRig.Value(link);
        started.Begin(sink, static error => Assert.Fail(error.ToString()));
        return started;
    }

    private static AttemptWiring Wire(GatewayLink link)
    {
        RenderedTask task = new([], null, [], null, WorkspaceKind.Shared, null, [], null, "auto");
        return link.Wire(new Caller("task", Attempt), new GatewayDemand(GatewayWiring.Sdk, null), task, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static ProviderServer Provider(double tokensPerSecond) => ProviderServer.Start(
        ProviderOptions.Anthropic(new QuotaLimits(OutputTokensPerMinute: 1_000_000)) with
        {
            FirstTokenSeconds = Spread.Always(0.02),
            TokensPerSecond = Spread.Always(tokensPerSecond),
            OutputTokens = Spread.Always(400),
        },
        TimeProvider.System);

    /// <summary>What the kernel would hear.</summary>
    private sealed class Sink : IInputSink
    {
        private readonly Channel<Input> inputs = Channel.CreateBounded<Input>(1000);

        public void Post(Input input) => Assert.True(inputs.Writer.TryWrite(input));

        public async Task<T> NextAsync<T>()
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            while (true)
            {
                if (await inputs.Reader.ReadAsync(limit.Token) is T wanted)
                {
                    return wanted;
                }
            }
        }

        public async Task<(AttemptId, long)> NextUsageAsync()
        {
            UsageSampled sample = await NextAsync<UsageSampled>();
            return (sample.Attempt, sample.Usage.Calls);
        }
    }
}
