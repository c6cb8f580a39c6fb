using System.Text;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class SecretTests
{
    [Fact]
    public async Task Nothing_that_the_gateway_writes_holds_the_real_key()
    {
        // A provider that quotes the key in its headers and body, refuses, redirects and breaks off.
        int count = 0;
        string[] answers =
        [
            RawUpstream.Json($"{{\"error\":{{\"message\":\"Incorrect API key provided: {GatewayRig.RealKey}\"}}}}", "HTTP/1.1 401 Unauthorized"),
            RawUpstream.Json($"{{\"error\":{{\"message\":\"{GatewayRig.RealKey}\"}}}}", $"HTTP/1.1 400 Bad\r\nx-echo: Bearer {GatewayRig.RealKey}"),
            RawUpstream.Json("", $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/?key={GatewayRig.RealKey}"),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        ];
        StillTime time = new();
        using RawUpstream upstream = new(async (_, stream, cancellation) =>
        {
            string answer = answers[Math.Min(count++, answers.Length - 1)];
            await RawUpstream.WriteAsync(stream, answer, cancellation);
            if (answer.EndsWith('{'))
                stream.Socket.Close();
        });
        await using GatewayRig rig = await GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time);
        StringBuilder written = new();
        for (int request = 0; request < 4; request++)
        {
            using HttpResponseMessage response = await time.LeapUntilAsync(rig.PostAsync("/v1/chat/completions", $$"""{"model":"m{{request}}","messages":[]}"""));
            written.Append(response.Headers).Append(response.Content.Headers).Append(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            written.Append(await rig.Calls.NextAsync());
        }

        written.AppendJoin('\n', rig.Notices).Append(rig.Host.Snapshot()).Append(rig.Host.Address);
        Assert.All(upstream.Requests, request => Assert.Contains(GatewayRig.RealKey, request, StringComparison.Ordinal));
        Assert.DoesNotContain(GatewayRig.RealKey, written.ToString(), StringComparison.Ordinal);
        Assert.Contains("redirect", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.example.com", "plain http is accepted for loopback only")]
    [InlineData("https://user:pass@api.example.com", "holds a user name or password")]
    public async Task An_address_that_would_show_the_key_is_refused(string url, string reason)
    {
        ProviderSettings provider = new("models", Kind.OpenAI, new(url), [new("main", null, [])], []);
        GatewayStart start = await StartAsync(provider);
        Assert.Null(start.Host);
        Assert.Contains(reason, start.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        ProviderSettings provider = new("models", Kind.OpenAI, new("https://127.0.0.1"), [new("one", new("MISSING", null), []), new("two", new(null, "/nowhere/key"), [])], []);
        GatewayStart start = await StartAsync(provider);
        Assert.Contains("environment variable MISSING is not set", start.Refusal, StringComparison.Ordinal);
        Assert.Contains("file /nowhere/key cannot be read", start.Refusal, StringComparison.Ordinal);
    }

    private static Task<GatewayStart> StartAsync(ProviderSettings provider) => GatewayHost.StartAsync(
        new([provider], []),
        new(new StillTime(), new Dictionary<string, string>(), new RecordedCalls(), _ => { }),
        TestContext.Current.CancellationToken);
}
