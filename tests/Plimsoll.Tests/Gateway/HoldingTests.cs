using System.Text;
using Plimsoll.Core.Identity;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class HoldingTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Delta = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"hi\"}}\n\n";
    private const string End = "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":2}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private static readonly AttemptId Attempt = GatewayRig.Someone.Attempt!.Value;
    private readonly StillTime time = new();
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_ladder_holds_the_end_of_an_answer_and_keeps_the_client_by_pings()
    {
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await RawUpstream.WriteAsync(stream, Head + Chunk(Delta), cancellation);
            await goOn.Task.WaitAsync(cancellation);
            await RawUpstream.WriteAsync(stream, Chunk(End) + "0\r\n\r\n", cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.Message);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Delta, await ReadAsync(stream, Delta.Length));
        rig.Host.Hold(true);
        goOn.SetResult();
        const string ping = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
        Task<string> next = ReadAsync(stream, ping.Length);
        await time.UntilWaitedForAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ping, await next);
        Task<string> rest = ReadAsync(stream, End.Length);
        Assert.False(rest.IsCompleted);
        rig.Host.Hold(false);
        Assert.Equal(End, await rest);
    }

    [Fact]
    public async Task A_whole_answer_is_held_as_well()
    {
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await goOn.Task.WaitAsync(cancellation);
            await RawUpstream.WriteAsync(stream, RawUpstream.Json("{\"type\":\"message\"}"), cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        Task<string> answer = rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        await UntilAsync(() => upstream.Count == 1);
        rig.Host.Hold(true);
        goOn.SetResult();
        await ServeOthersAsync(rig);
        Assert.False(answer.IsCompleted);
        rig.Host.Hold(false);
        Assert.Equal("{\"type\":\"message\"}", await answer);
    }

    [Fact]
    public async Task A_request_is_held_before_it_is_sent_and_costs_nothing_meanwhile()
    {
        using RawUpstream upstream = new((_, stream, cancellation) => RawUpstream.WriteAsync(stream, RawUpstream.Json("{\"type\":\"message\"}"), cancellation));
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        rig.Host.Hold(true);
        Task<string> answer = rig.AnswerAsync("/v1/messages", GatewayRig.WholeMessage);
        await time.UntilWaitedForAsync(TimeSpan.FromMinutes(4));
        await ServeOthersAsync(rig);
        Assert.Equal(0, upstream.Count);
        rig.Host.Hold(false);
        Assert.Equal("{\"type\":\"message\"}", await answer);
    }

    [Fact]
    public async Task The_stream_of_a_frozen_attempt_is_read_on_and_given_to_it_when_it_thaws()
    {
        int sent = 0;
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await RawUpstream.WriteAsync(stream, Head + Chunk(Delta), cancellation);
            await goOn.Task.WaitAsync(cancellation);
            for (sent = 0; sent < 1000; sent++)
                await RawUpstream.WriteAsync(stream, Chunk(Delta), cancellation);
            await RawUpstream.WriteAsync(stream, Chunk(End) + "0\r\n\r\n", cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        using HttpResponseMessage response = await rig.PostAsync("/v1/messages", GatewayRig.Message);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Delta, await ReadAsync(stream, Delta.Length));
        rig.Host.Freeze(Attempt, true);
        goOn.SetResult();
        await UntilAsync(() => Volatile.Read(ref sent) == 1000);

        // While others are served the gateway has read what lies in its socket.
        await ServeOthersAsync(rig);
        rig.Host.Freeze(Attempt, false);
        string rest = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(Enumerable.Repeat(Delta, 1000)) + End, rest);
        Assert.InRange((await rig.Calls.NextKeptAsync()).Bytes, 1, rest.Length);
    }

    private static async Task ServeOthersAsync(GatewayRig rig)
    {
        for (int other = 0; other < 50; other++)
            (await rig.Client.GetAsync("/", TestContext.Current.CancellationToken)).Dispose();
    }

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (!reached())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";
}
