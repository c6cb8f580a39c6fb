using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Plans.Agents;

namespace Plimsoll.Plans.Gateways;

/// <summary>How a task reaches models through the gateway.</summary>
/// <param name="Route">The provider or pool its calls go to; null = whichever speaks its dialect.</param>
/// <param name="Providers">The providers its calls may go to; at least one.</param>
internal sealed record GatewayUse(GatewayWiring Wiring, string? Route, ImmutableArray<string> Providers)
{
    /// <summary>Its place among those that the quota of these providers can feed.</summary>
    public LockClaim Claim => new(string.Join('|', Providers.Order(StringComparer.Ordinal)), LockMode.Fed, 1);
}
