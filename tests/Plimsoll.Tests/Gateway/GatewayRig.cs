using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;
using Xunit;

namespace Plimsoll.Tests.Gateway;

/// <summary>A gateway in front of one upstream on loopback, and a client with a virtual key.</summary>
internal sealed class GatewayRig : IAsyncDisposable
{
    public const string RealKey = "sk-real-0123456789-never-to-be-seen";
    public const string Message = """{"model":"large","max_tokens":32000,"stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    public const string WholeMessage = """{"model":"large","max_tokens":32000,"messages":[{"role":"user","content":"hello"}]}""";

    private GatewayRig(GatewayHost host, RecordedCalls calls, ConcurrentQueue<string> notices)
    {
        Host = host;
        Calls = calls;
        Notices = notices;
        Key = host.Issue(Someone);
        Client = Connect(Key);
    }

    public static Caller Someone { get; } = new("review", new AttemptId(new TaskId(new RunId(1), 0), 1, 1)) { Kind = "claude" };

    public GatewayHost Host { get; }

    public RecordedCalls Calls { get; }

    public ConcurrentQueue<string> Notices { get; }

    public string Key { get; }

    /// <summary>Sends the key of <see cref="Someone"/>.</summary>
    public HttpClient Client { get; }

    public static async Task<GatewayRig> StartAsync(string upstream, ProviderKind kind, TimeProvider time, Func<GatewaySettings, GatewaySettings>? change = null)
    {
        ProviderSettings provider = new("models", kind, new(upstream), [new("main", new("REAL_KEY", null), [])], []);
        GatewaySettings settings = new([provider], []);
        return await StartAsync(change is null ? settings : change(settings), time);
    }

    public static async Task<GatewayRig> StartAsync(GatewaySettings settings, TimeProvider time)
    {
        RecordedCalls calls = new();
        ConcurrentQueue<string> notices = new();
        GatewayPorts ports = new(time, new Dictionary<string, string> { ["REAL_KEY"] = RealKey, ["TEAM_KEY"] = "team-key" }, calls, notices.Enqueue);
        GatewayStart start = await GatewayHost.StartAsync(settings, ports, TestContext.Current.CancellationToken);
        Assert.Null(start.Refusal);
        return new(start.Host!, calls, notices);
    }

    /// <summary>Changes the only provider.</summary>
    public static GatewaySettings With(GatewaySettings settings, Func<ProviderSettings, ProviderSettings> change) =>
        settings with { Providers = [change(settings.Providers[0])] };

    /// <summary>Limits of the only account.</summary>
    public static GatewaySettings WithQuota(GatewaySettings settings, QuotaSettings quota) =>
        With(settings, provider => provider with { Accounts = [provider.Accounts[0] with { Quotas = [quota] }] });

    public HttpClient Connect(string key)
    {
        HttpClient client = new() { BaseAddress = Host.Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) => PostAsync(Client, path, body);

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("anthropic-version", "2023-06-01");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<string> AnswerAsync(string path, string body)
    {
        using HttpResponseMessage response = await PostAsync(path, body);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
