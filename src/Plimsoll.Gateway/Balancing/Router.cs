using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Finds the pool that serves a request: the one it names, or the first configured for its model, or the first for any.</summary>
internal sealed class Router
{
    private readonly ImmutableArray<Pool> pools;

    private Router(ImmutableArray<Pool> pools)
    {
        this.pools = pools;
    }

    /// <summary>Configured pools, and each provider as a pool of its accounts; or what is wrong.</summary>
    public static Router? Make(GatewaySettings settings, IReadOnlyList<Account> accounts, out string? problem)
    {
        ImmutableArray<Pool>.Builder pools = ImmutableArray.CreateBuilder<Pool>();
        problem = null;
        foreach (PoolSettings pool in settings.Pools)
        {
            List<Endpoint> endpoints = [];
            foreach (EndpointSettings endpoint in pool.Endpoints)
            {
                Account? account = accounts.FirstOrDefault(each => each.Provider.Name == endpoint.Provider && (endpoint.Account is null || each.Name == endpoint.Account));
                if (account is null)
                {
                    problem = $"pool '{pool.Name}': provider '{endpoint.Provider}' has no account '{endpoint.Account ?? "(first)"}'; name one that is configured under providers:";
                    return null;
                }

                endpoints.Add(new(account, endpoint));
            }

            pools.Add(new(pool.Name, pool.Strategy, endpoints));
        }

        foreach (IGrouping<string, Account> provider in accounts.GroupBy(account => account.Provider.Name, StringComparer.Ordinal))
        {
            Endpoint[] own = [.. provider.Select(account => new Endpoint(account, new(provider.Key, account.Name, [])))];
            pools.Add(new(provider.Key, BalancingStrategy.LeastLoaded, own));
        }

        return new(pools.ToImmutable());
    }

    public Pool? Find(Exchange exchange)
    {
        Pool? best = null;
        int fit = 0;
        foreach (Pool pool in pools)
        {
            if ((exchange.Route.Selector is null || exchange.Route.Selector == pool.Name) && pool.Serves(exchange) is var serves && serves > fit)
            {
                (best, fit) = (pool, serves);
            }
        }

        return best;
    }

    /// <summary>The dialect of the first pool that serves a model, or null.</summary>
    public ProviderKind? Serves(string? selector, string model)
    {
        IEnumerable<Endpoint> serving = pools
            .Where(pool => selector is null || selector == pool.Name)
            .SelectMany(pool => pool.Endpoints)
            .Where(endpoint => endpoint.Knows(model));
        return serving.OrderByDescending(endpoint => endpoint.IsForSome).FirstOrDefault()?.Account.Provider.Kind;
    }
}
