using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Those configured for the model before those for any, those in the region asked for before others; of these the least loaded.</summary>
internal sealed class ByCapability : IStrategy
{
    /// <summary>Header in which a client may ask for a region.</summary>
    public const string RegionHeader = "x-plimsoll-region";

    private readonly LeastLoaded least = new();

    public Endpoint Choose(IReadOnlyList<Endpoint> candidates, Exchange exchange)
    {
        string? region = exchange.Headers[RegionHeader];
        int best = candidates.Max(endpoint => Fit(endpoint, region));
        return least.Choose([.. candidates.Where(endpoint => Fit(endpoint, region) == best)], exchange);
    }

    private static int Fit(Endpoint endpoint, string? region) =>
        (region is not null && endpoint.Region == region ? 2 : 0) + (endpoint.IsForSome ? 1 : 0);
}
