using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;
using Plimsoll.Gateway.Callers;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class SharingTests
{
    private const string Embedding = """{"model":"e","input":"hello"}""";
    private const string Chat = """{"model":"m","messages":[{"role":"user","content":"hello"}]}""";
    private readonly StillTime time = new();

    [Fact]
    public async Task An_embedding_is_answered_from_the_cache_until_its_time_is_over()
    {
        using RawUpstream upstream = Embedder();
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, Single);
        string first = await rig.AnswerAsync("/v1/embeddings", Embedding);
        Assert.Equal(first, await rig.AnswerAsync("/embeddings", Embedding));
        Assert.Equal(("provider", "cache"), ((await rig.Calls.NextAsync()).Source, (await rig.Calls.NextAsync()).Source));
        time.Advance(TimeSpan.FromHours(1));
        await rig.AnswerAsync("/v1/embeddings", Embedding);
        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task The_cache_forgets_the_longest_unused()
    {
        using RawUpstream upstream = Embedder();
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings =>
            Single(settings) with { Cache = new(["embeddings"], 2, TimeSpan.FromHours(1), new Bytes(1 << 20)) });
        foreach (int text in (int[])[1, 2, 1, 3, 1, 2])
            await rig.AnswerAsync("/v1/embeddings", Embedding.Replace("hello", $"{text}", StringComparison.Ordinal));
        Assert.Equal(4, upstream.Count);
    }

    [Fact]
    public async Task A_chat_is_not_cached_unless_that_is_asked_for()
    {
        using RawUpstream upstream = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{}"), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time);
        await rig.AnswerAsync("/v1/chat/completions", Chat);
        await rig.AnswerAsync("/v1/chat/completions", Chat);
        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task The_same_request_in_flight_is_sent_once()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await release.Task.WaitAsync(cancellation);
            await RawUpstream.WriteAsync(stream, RawUpstream.Json("""{"usage":{"prompt_tokens":5,"completion_tokens":6}}"""), cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time);
        Task<string>[] answers = [.. Enumerable.Range(0, 8).Select(_ => rig.AnswerAsync("/v1/chat/completions", Chat))];
        await UntilAsync(() => upstream.Count == 1);
        release.SetResult();
        foreach (Task<string> answer in answers)
            Assert.Contains("\"completion_tokens\":6", await answer, StringComparison.Ordinal);
        List<CallRecord> calls = [];
        foreach (Task<string> _ in answers)
            calls.Add(await rig.Calls.NextAsync());
        Assert.InRange(upstream.Count, 1, 7);
        Assert.Equal(upstream.Count, calls.Count(call => call.Source == "provider"));
        Assert.Equal(6 * upstream.Count, calls.Sum(call => call.Usage.OutputTokens));
    }

    [Fact]
    public async Task Embeddings_are_sent_together_and_each_gets_its_own()
    {
        using RawUpstream upstream = Embedder();
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings => settings with { Batching = new(3, TimeSpan.FromSeconds(5)) });
        Task<string>[] answers =
        [
            rig.AnswerAsync("/v1/embeddings", """{"model":"e","input":["a","bb"]}"""),
            rig.AnswerAsync("/v1/embeddings", """{"input":"ccc","model":"e"}"""),
            rig.AnswerAsync("/v1/embeddings", """{"model":"e","input":["dddd"]}"""),
        ];
        int[][] lengths = await Task.WhenAll(answers.Select(async answer => Lengths(await answer)));
        Assert.Equal([[1, 2], [3], [4]], lengths);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task A_window_that_ends_with_one_request_sends_it_as_it_is()
    {
        using RawUpstream upstream = Embedder();
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings => settings with { Batching = new(3, TimeSpan.FromSeconds(5)) });
        string answer = await time.LeapUntilAsync(rig.AnswerAsync("/v1/embeddings", Embedding));
        Assert.Equal(5, Assert.Single(Lengths(answer)));
        Assert.EndsWith(Embedding, Assert.Single(upstream.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_refuses_without_inviting_to_try_again()
    {
        using RawUpstream upstream = new((_, stream, cancellation) =>
            RawUpstream.WriteAsync(stream, RawUpstream.Json("""{"usage":{"prompt_tokens":1000,"completion_tokens":1000}}"""), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings =>
            GatewayRig.With(settings, provider => provider with { Prices = [new("*", 2, 8)] }) with { Budgets = new(PerTask: 10_000) });
        await rig.AnswerAsync("/v1/chat/completions", Chat);
        using HttpResponseMessage response = await rig.PostAsync("/v1/chat/completions", Chat);
        Assert.Equal(10_000, rig.Host.UsageOf(GatewayRig.Someone.Attempt!.Value).MicroDollars);
        Assert.Equal((HttpStatusCode)402, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Contains("task 'review' spent $0.01 of $0.01", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_a_policy_is_told_when_to_come_again()
    {
        using RawUpstream upstream = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{}"), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings =>
            settings with { Keys = [new("team", new("TEAM_KEY", null), new LimitPolicy(new Rate(2, TimeSpan.FromSeconds(10)), null))] });
        using HttpClient team = rig.Connect("team-key");
        HttpStatusCode[] statuses = new HttpStatusCode[3];
        for (int index = 0; index < 3; index++)
        {
            using HttpResponseMessage response = await GatewayRig.PostAsync(team, "/v1/chat/completions", Chat);
            statuses[index] = response.StatusCode;
            if (index == 2)
                Assert.Equal(10, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    private static GatewaySettings Single(GatewaySettings settings) => settings with { Batching = new(1, TimeSpan.Zero) };

    /// <summary>The vector of a text is its length.</summary>
    private static RawUpstream Embedder() => new((request, stream, cancellation) =>
    {
        JsonNode input = JsonNode.Parse(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!["input"]!;
        string[] texts = input is JsonArray many ? [.. many.Select(each => (string)each!)] : [(string)input!];
        string data = string.Join(',', texts.Select((text, index) => $$"""{"object":"embedding","index":{{index}},"embedding":[{{text.Length}}]}"""));
        return RawUpstream.WriteAsync(stream, RawUpstream.Json($$$"""{"object":"list","data":[{{{data}}}],"model":"e","usage":{"prompt_tokens":{{{texts.Length}}}}}"""), cancellation);
    });

    private static int[] Lengths(string answer) => [.. JsonNode.Parse(answer)!["data"]!.AsArray().Select(each => (int)each!["embedding"]![0]!)];

    private static async Task UntilAsync(Func<bool> reached)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (!reached())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
