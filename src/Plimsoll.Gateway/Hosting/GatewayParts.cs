using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Holding;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Puts the parts of a gateway together, once.</summary>
internal sealed class GatewayParts : IDisposable
{
    private readonly AccountLoader loaded;

    private GatewayParts(GatewaySettings settings, GatewayPorts ports, AccountLoader loaded)
    {
        this.loaded = loaded;
        GatewayClock clock = new(ports.Time);
        foreach ((InboundKeySettings inbound, string key) in loaded.InboundKeys)
        {
            InboundPolicy? policy = inbound.Policy is { } bound ? new(bound, clock.Now) : null;
            Callers.Accept(key, new(inbound.Name, null, inbound.Priority, inbound.Weight), policy);
        }

        Router router = new(loaded.Accounts);
        Delivery delivery = new(new(router), new(Held, clock), clock);
        Pipeline = new(delivery, ports.Observer);
        RouteTable routes = new([.. settings.Pools.Select(pool => pool.Name), .. settings.Providers.Select(provider => provider.Name)]);
        LlmCaller = new(Callers, Pipeline, router, clock);
        Intake = new(Callers, routes, Pipeline, clock);
    }

    public CallerBook Callers { get; } = new();

    /// <summary>Closed while the pressure ladder holds answers back.</summary>
    public Gate Held { get; } = new();

    public CallPipeline Pipeline { get; }

    public Intake Intake { get; }

    public LlmCaller LlmCaller { get; }

    /// <summary>The parts, or everything that is wrong with the settings.</summary>
    public static (GatewayParts? Parts, string? Problem) Make(GatewaySettings settings, GatewayPorts ports)
    {
        AccountLoader loaded = new(settings, ports.Environment);
        if (loaded.Problem is { } problem)
        {
            loaded.Dispose();
            return (null, problem);
        }

        return (new(settings, ports, loaded), null);
    }

    public ImmutableArray<QuotaFeed> Feeds() => [.. loaded.Accounts.Take(0).Select(account => new QuotaFeed(account.Provider.Name, null, 0, 0, ""))];

    public GatewaySnapshot Snapshot() => new([.. loaded.Accounts.Take(0).Select(account => new QuotaSnapshot(account.Provider.Name, account.Name, "*", 0, 0, 0, []))]);

    public void Dispose()
    {
        loaded.Dispose();
    }
}
