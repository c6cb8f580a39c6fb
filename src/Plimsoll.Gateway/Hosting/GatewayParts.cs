using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Caching;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Diagnostics;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Holding;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Puts the parts of a gateway together, once.</summary>
internal sealed class GatewayParts : IDisposable
{
    private readonly AccountLoader loaded;
    private readonly StallWatch stalls;
    private readonly GatewayMetrics metrics;

    private GatewayParts(GatewaySettings settings, GatewayPorts ports, AccountLoader loaded, Router router, GatewayClock clock)
    {
        this.loaded = loaded;
        foreach ((InboundKeySettings inbound, string key) in loaded.InboundKeys)
        {
            InboundPolicy? policy = inbound.Policy is { } bound ? new(bound, clock.Now) : null;
            Callers.Accept(key, new(inbound.Name, null, inbound.Priority, inbound.Weight), policy);
        }

        stalls = new(clock);
        Held = new(clock);
        Attempts attempts = new(router, new(stalls, clock, ports.Notice), new(), Held, clock);
        Delivery delivery = new(attempts, new(Held, new(ports.Observer)), clock);
        metrics = new(ports.Meters);
        Budgets = new(settings.Budgets, clock);
        Sharing sharing = new(new(settings.Cache, clock), settings.Coalesces, router, Held);
        Pipeline = new(delivery, sharing, new(settings.Batching, delivery, clock), Budgets, new(ports.Observer, metrics));
        RouteTable routes = new([.. settings.Pools.Select(pool => pool.Name), .. settings.Providers.Select(provider => provider.Name)]);
        LlmCaller = new(Callers, Pipeline, router, clock);
        Intake = new(Callers, routes, Pipeline, clock, ports.Notice);
    }

    public CallerBook Callers { get; } = new();

    public BudgetBook Budgets { get; }

    public HoldLine Held { get; }

    public CallPipeline Pipeline { get; }

    public Intake Intake { get; }

    public LlmCaller LlmCaller { get; }

    /// <summary>The parts, or everything that is wrong with the settings.</summary>
    public static (GatewayParts? Parts, string? Problem) Make(GatewaySettings settings, GatewayPorts ports)
    {
        GatewayClock clock = new(ports.Time);
        AccountLoader loaded = new(settings, ports.Environment, clock);
        string? problem = loaded.Problem;
        if (problem is null && Router.Make(settings, loaded.Accounts, out problem) is { } router)
        {
            return (new(settings, ports, loaded, router, clock), null);
        }

        loaded.Dispose();
        return (null, problem);
    }

    public ImmutableArray<QuotaFeed> Feeds() => QuotaView.Feeds(loaded.Accounts);

    public GatewaySnapshot Snapshot() => QuotaView.Snapshot(loaded.Accounts);

    public void Dispose()
    {
        stalls.Dispose();
        metrics.Dispose();
        loaded.Dispose();
    }
}
