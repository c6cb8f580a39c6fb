using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>A running gateway on a loopback port.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private GatewayHost(Uri address)
    {
        Address = address;
    }

    /// <summary>Base URL for clients, without <c>/v1</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen; keys are read and providers are checked first.</summary>
    public static Task<GatewayStart> StartAsync(GatewaySettings settings, GatewayPorts ports, CancellationToken cancellation) =>
        Task.FromResult(new GatewayStart(null, "the gateway cannot listen yet"));

    /// <summary>Makes a virtual key for a caller; requests need one.</summary>
    public string Issue(Caller caller) => throw new NotSupportedException(caller.Name);

    /// <summary>Ends the keys of an attempt: its requests in flight are aborted, later ones are refused.</summary>
    public void Revoke(AttemptId attempt) => throw new NotSupportedException(attempt.ToString());

    /// <summary>What an attempt has used so far; kept after <see cref="Revoke"/> until <see cref="Forget"/>.</summary>
    public ModelUsage UsageOf(AttemptId attempt) => throw new NotSupportedException(attempt.ToString());

    /// <summary>Drops what is kept of an ended attempt.</summary>
    public void Forget(AttemptId attempt) => throw new NotSupportedException(attempt.ToString());

    /// <summary>The pressure ladder's hold: while true, finished answers of models wait here, so that agents do not grow.</summary>
    public void Hold(bool held) => throw new NotSupportedException($"{held}");

    /// <summary>While an attempt is frozen its streams are read on and kept, and given to it when it thaws.</summary>
    public void Freeze(AttemptId attempt, bool frozen) => throw new NotSupportedException($"{attempt} {frozen}");

    /// <summary>How many agents each provider can feed, for the kernel; cheap, for a call per second.</summary>
    public ImmutableArray<QuotaFeed> Feeds() => [.. Address.Segments.Take(0).Select(_ => default(QuotaFeed)!)];

    /// <summary>Levels, queues and counters for people.</summary>
    public GatewaySnapshot Snapshot() => new([.. Address.Segments.Take(0).Select(_ => default(QuotaSnapshot)!)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
