namespace Plimsoll.Core.Providers;

/// <summary>How a pool chooses among endpoints that can serve a request.</summary>
public enum BalancingStrategy
{
    RoundRobin,
    LeastLoaded,
    WeightedRoundRobin,
    Capability,
}
