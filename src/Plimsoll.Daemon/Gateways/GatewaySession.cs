using Plimsoll.Client.Gateways;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Requests;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Daemon.Gateways;

/// <summary>A gateway that runs alone, for callers that are no tasks.</summary>
public sealed class GatewaySession : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly GatewayHost host;
    private readonly KeyTally tally;
    private readonly TimeProvider time;
    private readonly long began;

    private GatewaySession(GatewayHost host, KeyTally tally, GatewaySettings settings, TimeProvider time)
    {
        this.host = host;
        this.tally = tally;
        this.time = time;
        began = time.GetTimestamp();
        Ready = new GatewayReadyView(
            host.Address.AbsoluteUri.TrimEnd('/'),
            Environment.ProcessId,
            [.. settings.Providers.Select(provider => provider.Name)],
            [.. settings.Keys.Select(key => key.Name)]);
    }

    /// <summary>Where it listens and whom it knows.</summary>
    public GatewayReadyView Ready { get; }

    /// <summary>What it has done so far.</summary>
    public GatewayReportView Report => new(time.GetElapsedTime(began).TotalSeconds, tally.Views(), host.UnderWay);

    /// <summary>Waits until nothing is under way, but not for longer than this; what is new still gets its answer meanwhile.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long from = time.GetTimestamp();
        try
        {
            while (host.UnderWay > 0 && time.GetElapsedTime(from) < patience)
            {
                await Task.Delay(Look, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody insists.
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    internal static async Task<Outcome<GatewaySession>> StartAsync(
        GatewaySettings settings, IReadOnlyDictionary<string, string> environment, TimeProvider time, Action<string> notice, CancellationToken cancellationToken)
    {
        if (settings.Providers.IsEmpty)
        {
            return new Refusal(ExitCode.Invalid, "the gateway has nobody to ask: no provider is configured", "Add one under providers: in plimsoll.yaml, for example anthropic: {key: {from: ANTHROPIC_API_KEY}}.");
        }

        if (settings.Keys.IsEmpty)
        {
            return new Refusal(ExitCode.Invalid, "the gateway would let nobody in: no key is configured", "Add one under gateway: in plimsoll.yaml, for example keys: {editor: {key: {from: EDITOR_KEY}}}, and set the variable to a long random text.");
        }

        var tally = new KeyTally();
        GatewayStart start = await GatewayHost.StartAsync(settings, new GatewayPorts(time, environment, tally, notice), cancellationToken);
        return start.Host is { } host
            ? new GatewaySession(host, tally, settings, time)
            : new Refusal(ExitCode.Invalid, $"the gateway cannot run: {start.Refusal}", null);
    }
}
