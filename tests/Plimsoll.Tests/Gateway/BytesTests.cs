using System.Net;
using System.Net.Sockets;
using System.Text;
using Plimsoll.Gateway.Callers;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class BytesTests
{
    private const string Events = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":7,\"cache_read_input_tokens\":3,\"output_tokens\":1}}}\n\n"
        + "event: content_block_delta\r\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"ä\"}}\r\n\r\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":42}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private const string Chat = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}\n\n"
        + "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":null}],\"usage\":null}\n\n"
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n";

    private const string ChatUsage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n";

    [Fact]
    public async Task A_stream_split_at_every_byte_arrives_as_it_was_and_is_counted()
    {
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await RawUpstream.WriteAsync(stream, StreamHead, cancellation);
            foreach (byte each in Encoding.UTF8.GetBytes(Events))
                await stream.WriteAsync(new byte[] { (byte)'1', 13, 10, each, 13, 10 }, cancellation);
            await RawUpstream.WriteAsync(stream, "0\r\n\r\n", cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime());
        Assert.Equal(Events, await rig.AnswerAsync("/v1/messages", GatewayRig.Message));
        CallRecord call = await rig.Calls.NextAsync();
        Assert.Equal((7, 3, 42), (call.Usage.InputTokens, call.Usage.CachedTokens, call.Usage.OutputTokens));
    }

    [Fact]
    public async Task Usage_is_asked_for_and_the_answer_to_that_is_taken_out()
    {
        using RawUpstream upstream = new((_, stream, cancellation) =>
            RawUpstream.WriteAsync(stream, $"{StreamHead}{Chunk(Chat + ChatUsage + "data: [DONE]\n\n")}0\r\n\r\n", cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, new StillTime());
        Assert.Equal(Chat + "data: [DONE]\n\n", await rig.AnswerAsync("/v1/chat/completions", """{"model":"m","stream":true,"messages":[]}"""));
        CallRecord call = await rig.Calls.NextAsync();
        Assert.Equal((7, 2, 4), (call.Usage.InputTokens, call.Usage.CachedTokens, call.Usage.OutputTokens));
        Assert.EndsWith("\r\n\r\n{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true,\"messages\":[]}", Assert.Single(upstream.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_arrives_byte_for_byte_with_the_real_key_in_place_of_the_virtual_one()
    {
        const string body = "{ \"model\" : \"m\",\r\n\t\"messages\":[ {\"role\":\"user\",\"content\":\"\\u00e4 ä\"} ] , \"max_tokens\":1e2}";
        using RawUpstream upstream = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{\"type\":\"message\"}"), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime());
        rig.Client.DefaultRequestHeaders.Add("anthropic-beta", "some-beta");
        await rig.AnswerAsync("/v1/messages?beta=true", body);
        string seen = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Assert.Single(upstream.Requests)));
        Assert.StartsWith("POST /v1/messages?beta=true HTTP/1.1\r\n", seen, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, seen, StringComparison.Ordinal);
        Assert.Contains($"x-api-key: {GatewayRig.RealKey}\r\n", seen, StringComparison.Ordinal);
        Assert.Contains("anthropic-beta: some-beta\r\n", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Key, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_changes_the_model_and_nothing_else()
    {
        using RawUpstream upstream = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{\"type\":\"message\"}"), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime(), settings =>
            GatewayRig.With(settings, provider => provider with { Aliases = provider.Aliases.Add("fast", "model-2026") }));
        await rig.AnswerAsync("/v1/messages", "{\"max_tokens\":5, \"model\": \"fast\" ,\"messages\":[]}");
        Assert.EndsWith("\r\n\r\n{\"max_tokens\":5, \"model\": \"model-2026\" ,\"messages\":[]}", Assert.Single(upstream.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_a_stream_before_content_is_tried_again()
    {
        const string overloaded = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{}}\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n";
        int count = 0;
        StillTime time = new();
        using RawUpstream upstream = new((_, stream, cancellation) =>
            RawUpstream.WriteAsync(stream, $"{StreamHead}{Chunk(count++ == 0 ? overloaded : Events)}0\r\n\r\n", cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        Assert.Equal(Events, await time.LeapUntilAsync(rig.AnswerAsync("/v1/messages", GatewayRig.Message)));
        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_the_request_to_the_provider()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await RawUpstream.WriteAsync(stream, StreamHead + Chunk(Events[..Events.IndexOf("event: message_delta", StringComparison.Ordinal)]), cancellation);
            int read = await stream.ReadAsync(new byte[1], cancellation);
            Assert.Equal(0, read);
            ended.SetResult();
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime());
        using (HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.Message))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        CallRecord call = await rig.Calls.NextAsync();
        Assert.Equal((499, 7), (call.Status, call.Usage.InputTokens));
    }

    [Fact]
    public async Task A_revoked_attempt_loses_what_is_in_flight()
    {
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await RawUpstream.WriteAsync(stream, StreamHead + Chunk(Events[..Events.IndexOf("event: message_delta", StringComparison.Ordinal)]), cancellation);
            await stream.ReadExactlyAsync(new byte[1], cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime());
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.Message);
        rig.Host.Revoke(GatewayRig.Someone.Attempt!.Value);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(499, (await rig.Calls.NextAsync()).Status);
    }

    [Theory]
    [InlineData("GET /v1/responses HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n", "426")]
    [InlineData("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n{...}", "400")]
    [InlineData("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", "200")]
    [InlineData("GET /v1/elsewhere HTTP/1.1\r\nHost: x\r\n\r\n", "404")]
    [InlineData("PUT /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "405")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {long}\r\n\r\n", "431")]
    public async Task What_is_no_good_request_is_declined(string request, string status)
    {
        using RawUpstream upstream = new((_, _, _) => Task.CompletedTask);
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, new StillTime());
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, rig.Host.Address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await RawUpstream.WriteAsync(stream, request.Replace("{long}", new string('x', 70_000), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        byte[] answer = new byte[12];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal($"HTTP/1.1 {status}", Encoding.ASCII.GetString(answer));
        Assert.Empty(upstream.Requests);
    }

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";
}
