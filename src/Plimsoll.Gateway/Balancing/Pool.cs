using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Endpoints that stand for each other.</summary>
internal sealed class Pool(string name, BalancingStrategy strategy, IReadOnlyList<Endpoint> endpoints)
{
    private readonly IStrategy strategy = strategy switch
    {
        BalancingStrategy.RoundRobin => new RoundRobin(),
        BalancingStrategy.LeastLoaded => new LeastLoaded(),
        BalancingStrategy.WeightedRoundRobin => new WeightedRoundRobin(),
        _ => new ByCapability(),
    };

    public string Name => name;

    public IReadOnlyList<Endpoint> Endpoints => endpoints;

    /// <summary>How well it serves a request: 0 not at all, 1 as any model, 2 as one it was configured for.</summary>
    public int Serves(Exchange exchange)
    {
        int best = 0;
        foreach (Endpoint endpoint in endpoints)
        {
            best = endpoint.Serves(exchange) ? Math.Max(best, endpoint.IsForSome ? 2 : 1) : best;
        }

        return best;
    }

    /// <summary>Who gets the request; null while the breakers of all that could are open.</summary>
    /// <param name="failed">Who has just failed it: others go first.</param>
    public Endpoint? Choose(Exchange exchange, Endpoint? failed, DateTimeOffset now)
    {
        if (endpoints.Count == 1)
        {
            return endpoints[0].Account.Breaker.TryPass(now) ? endpoints[0] : null;
        }

        List<Endpoint> candidates = [];
        foreach (Endpoint endpoint in endpoints)
        {
            if (endpoint.Serves(exchange) && endpoint.Account.Breaker.Allows(now))
            {
                candidates.Add(endpoint);
            }
        }

        Prefer(candidates, endpoint => endpoint != failed);
        Prefer(candidates, endpoint => !endpoint.IsRestingFor(exchange));
        while (candidates.Count > 0)
        {
            Endpoint chosen = strategy.Choose(candidates, exchange);
            if (chosen.Account.Breaker.TryPass(now))
            {
                return chosen;
            }

            candidates.Remove(chosen);
        }

        return null;
    }

    /// <summary>When the first breaker lets a request try.</summary>
    public DateTimeOffset OpensAt(Exchange exchange)
    {
        DateTimeOffset first = DateTimeOffset.MaxValue;
        foreach (Endpoint endpoint in endpoints)
        {
            first = endpoint.Serves(exchange) && endpoint.Account.Breaker.OpensUntil < first ? endpoint.Account.Breaker.OpensUntil : first;
        }

        return first;
    }

    private static void Prefer(List<Endpoint> candidates, Predicate<Endpoint> preferred)
    {
        if (candidates.Exists(preferred))
        {
            candidates.RemoveAll(endpoint => !preferred(endpoint));
        }
    }
}
