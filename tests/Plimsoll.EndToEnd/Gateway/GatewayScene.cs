using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>A modelled provider, the gateway before it, and a virtual key for a client.</summary>
internal sealed class GatewayScene : IAsyncDisposable, ICallObserver
{
    private const string RealKey = "sk-real-key-of-the-provider";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim ended = new(0);

    private GatewayScene(ProviderServer model)
    {
        Model = model;
    }

    public ProviderServer Model { get; }

    public GatewayHost Gateway { get; private set; } = null!;

    /// <summary>Base URL without <c>/v1</c>.</summary>
    public string Url => Gateway.Address.ToString().TrimEnd('/');

    public string Key { get; private set; } = "";

    public ConcurrentQueue<CallRecord> Calls { get; } = [];

    /// <param name="anthropic">Otherwise OpenAI.</param>
    /// <param name="script">What the first requests meet at the provider.</param>
    public static Task<GatewayScene> StartAsync(bool anthropic, params IReadOnlyList<FaultKind> script) => StartAsync(anthropic, TimeProvider.System, script);

    /// <param name="time">The clock of the gateway, not of the provider.</param>
    public static async Task<GatewayScene> StartAsync(bool anthropic, TimeProvider time, IReadOnlyList<FaultKind> script)
    {
        ProviderOptions options = anthropic
            ? ProviderOptions.Anthropic(QuotaLimits.Anthropic[0])
            : ProviderOptions.OpenAI(new(RequestsPerMinute: 1_000, TokensPerMinute: 2_000_000));
        GatewayScene scene = new(ProviderServer.Start(
            options with
            {
                FirstTokenSeconds = Spread.Always(0.02),
                TokensPerSecond = Spread.Always(1_000),
                OutputTokens = Spread.Always(40),
                Faults = new() { Script = script, RetryAfter = TimeSpan.FromSeconds(1) },
            },
            TimeProvider.System));
        GatewaySettings settings = new(
            [
                new(
                    "model",
                    anthropic ? Core.Providers.ProviderKind.Anthropic : Core.Providers.ProviderKind.OpenAI,
                    new(scene.Model.BaseUrl),
                    [new("main", new("MODEL_KEY", null), [])],
                    []),
            ],
            ImmutableArray<PoolSettings>.Empty);
        GatewayStart start = await GatewayHost.StartAsync(
            settings,
            new(time, new Dictionary<string, string> { ["MODEL_KEY"] = RealKey }, scene, _ => { }),
            CancellationToken.None);
        scene.Gateway = start.Host ?? throw new InvalidOperationException(start.Refusal);
        scene.Key = scene.Gateway.Issue(new("test", null));
        return scene;
    }

    public void Ended(CallRecord call)
    {
        Calls.Enqueue(call);
        ended.Release();
    }

    /// <summary>All calls so far, once the first has ended: a client has its answer a moment earlier.</summary>
    public async Task<IReadOnlyCollection<CallRecord>> CallsAsync(CancellationToken cancellation)
    {
        if (!await ended.WaitAsync(Patience, cancellation))
            throw new TimeoutException("no call has ended");

        return Calls;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Model.Dispose();
        ended.Dispose();
    }
}
