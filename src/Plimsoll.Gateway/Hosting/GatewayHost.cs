using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>A running gateway on a loopback port.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly GatewayParts parts;
    private readonly GatewayListener listener;

    private GatewayHost(GatewayParts parts, GatewayListener listener, Uri address)
    {
        this.parts = parts;
        this.listener = listener;
        Address = address;
    }

    /// <summary>Base URL for clients, without <c>/v1</c>.</summary>
    public Uri Address { get; }

    /// <summary>Requests that came and of which the observer has not heard yet.</summary>
    public int UnderWay => parts.Pipeline.UnderWay;

    /// <summary>Starts to listen; keys are read and providers are checked first.</summary>
    public static async Task<GatewayStart> StartAsync(GatewaySettings settings, GatewayPorts ports, CancellationToken cancellation)
    {
        (GatewayParts? parts, string? problem) = GatewayParts.Make(settings, ports);
        if (parts is null)
        {
            return new(null, problem);
        }

        GatewayListener listener = new(settings.Port);
        try
        {
            Uri address = await listener.StartAsync(parts.Intake, cancellation);
            return new(new GatewayHost(parts, listener, address), null);
        }
        catch (IOException taken)
        {
            await listener.DisposeAsync();
            parts.Dispose();
            return new(null, $"the gateway cannot listen on loopback port {settings.Port}: {taken.Message}; choose another port, or 0 for any free one");
        }
    }

    /// <summary>Asks a model from within this process: the same queue, retries, cache and budgets as for a request, without a socket.</summary>
    /// <remarks>What goes wrong is in the answer; only cancellation throws.</remarks>
    public Task<LlmAnswer> CallAsync(LlmCall call, CancellationToken cancellation) => parts.LlmCaller.CallAsync(call, cancellation);

    /// <summary>Makes a virtual key for a caller; requests need one.</summary>
    public string Issue(Caller caller) => parts.Callers.Issue(caller);

    /// <summary>Ends the keys of an attempt: its requests in flight are aborted, later ones are refused.</summary>
    public void Revoke(AttemptId attempt) => parts.Callers.Revoke(attempt);

    /// <summary>What an attempt has used so far; kept after <see cref="Revoke"/> until <see cref="Forget"/>.</summary>
    public ModelUsage UsageOf(AttemptId attempt) => parts.Callers.UsageOf(attempt);

    /// <summary>Requests of an attempt that have not ended.</summary>
    public int UnderWayOf(AttemptId attempt) => parts.Callers.Find(attempt)?.UnderWay ?? 0;

    /// <summary>Drops what is kept of an ended attempt.</summary>
    public void Forget(AttemptId attempt)
    {
        parts.Callers.Forget(attempt);
        parts.Budgets.Forget(attempt);
    }

    /// <summary>The pressure ladder's hold: while true, requests wait here before they are sent, and answers before they end, so that agents do not grow.</summary>
    public void Hold(bool held) => parts.Held.Hold(held);

    /// <summary>While an attempt is frozen its streams are read on and kept, and given to it when it thaws.</summary>
    public void Freeze(AttemptId attempt, bool frozen)
    {
        if (frozen)
        {
            parts.Callers.Find(attempt)?.Thaw.Close();
        }
        else
        {
            parts.Callers.Find(attempt)?.Thaw.Open();
        }
    }

    /// <summary>How many agents each provider can feed, for the kernel; cheap, for a call per second.</summary>
    public ImmutableArray<QuotaFeed> Feeds() => parts.Feeds();

    /// <summary>Levels, queues and counters for people.</summary>
    public GatewaySnapshot Snapshot() => parts.Snapshot();

    /// <summary>Stops listening, aborts what is in flight and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await listener.StopAsync(now.Token);
        await listener.DisposeAsync();
        parts.Dispose();
    }
}
