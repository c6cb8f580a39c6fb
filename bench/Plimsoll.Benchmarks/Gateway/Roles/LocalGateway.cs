using System.Collections.Immutable;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Benchmarks.Gateway.Roles;

/// <summary>The gateway before one provider, with limits that count and never bind, queue and accounting on.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private const long Plenty = 900_000_000;
    private readonly GatewayHost host;

    private LocalGateway(GatewayHost host)
    {
        this.host = host;
        Key = host.Issue(new("bench", null));
    }

    public string BaseUrl => host.Address.ToString().TrimEnd('/');

    public string Key { get; }

    public static async Task<LocalGateway> StartAsync(Uri provider, BenchmarkOptions options)
    {
        QuotaSettings limits = new("*", Rate.PerMinute(Plenty), Rate.PerMinute(Plenty), Rate.PerMinute(Plenty));
        GatewaySettings settings = new(
            [new("model", ProviderKind.Anthropic, provider, [new("main", new("KEY", null), options.Has("auto") ? [] : [limits])], [new("*", 3, 15, 0.3m, 3.75m)])],
            ImmutableArray<PoolSettings>.Empty)
        {
            Cache = options.Has("cache") ? CacheSettings.Default with { Routes = ["messages", "embeddings"] } : CacheSettings.Default,
            Coalesces = options.Has("cache"),
        };
        GatewayPorts ports = new(TimeProvider.System, new Dictionary<string, string> { ["KEY"] = "sk-real" }, new Counter(), notice => Console.Error.WriteLine(notice));
        GatewayStart start = await GatewayHost.StartAsync(settings, ports, CancellationToken.None);
        return new(start.Host ?? throw new InvalidOperationException(start.Refusal));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Stands for the daemon's, which counts per task.</summary>
    private sealed class Counter : ICallObserver
    {
        private long ended;

        public void Ended(CallRecord call) => Interlocked.Increment(ref ended);
    }
}
