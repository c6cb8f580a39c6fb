using System.Collections.Immutable;

namespace Plimsoll.Core.Providers;

/// <summary>Endpoints that stand for each other; without pools every provider is a pool of its accounts.</summary>
public sealed record PoolSettings(string Name, BalancingStrategy Strategy, ImmutableArray<EndpointSettings> Endpoints);
