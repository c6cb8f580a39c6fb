using Plimsoll.Gateway.Callers;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class PrefixTests
{
    private const string Answer = """{"type":"message","usage":{"input_tokens":5,"cache_creation_input_tokens":6000,"output_tokens":8}}""";

    [Fact]
    public async Task Those_with_the_same_cold_prefix_wait_until_the_first_has_begun_to_be_answered()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            await release.Task.WaitAsync(cancellation);
            await RawUpstream.WriteAsync(stream, RawUpstream.Json(Answer), cancellation);
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, new StillTime());
        Task<string>[] answers = [.. Enumerable.Range(0, 5).Select(agent => rig.AnswerAsync("/v1/messages", Question(agent)))];
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (upstream.Count == 0 || rig.Host.Snapshot().Quotas.Sum(quota => quota.InFlight) != 1)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(1, upstream.Count);
        release.SetResult();
        foreach (Task<string> answer in answers)
            Assert.Equal(Answer, await answer);
        Assert.Equal(5, upstream.Count);
    }

    [Fact]
    public async Task They_do_not_wait_for_ever()
    {
        StillTime time = new();
        using RawUpstream upstream = new((_, stream, cancellation) => stream.ReadExactlyAsync(new byte[1], cancellation).AsTask());
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.Anthropic, time);
        Task<string>[] answers = [.. Enumerable.Range(0, 2).Select(agent => rig.AnswerAsync("/v1/messages", Question(agent)))];
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        TimeSpan passed = TimeSpan.Zero;
        while (upstream.Count < 2)
        {
            late.Token.ThrowIfCancellationRequested();
            TimeSpan step = TimeSpan.FromMilliseconds(upstream.Count > 0 && passed < TimeSpan.FromSeconds(12) ? 100 : 0);
            time.Advance(step);
            passed += step;
            await Task.Yield();
        }

        Assert.All(answers, answer => Assert.False(answer.IsCompleted));
        rig.Host.Revoke(GatewayRig.Someone.Attempt!.Value);
        foreach (Task<string> answer in answers)
            await Assert.ThrowsAnyAsync<Exception>(() => answer);
        CallRecord call = await rig.Calls.NextAsync();
        Assert.Equal(499, call.Status);
    }

    private static string Question(int agent) =>
        $$$"""{"model":"m","max_tokens":5,"system":[{"type":"text","text":"{{{new string('x', 24_000)}}}","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"{{{agent}}}"}]}""";
}
