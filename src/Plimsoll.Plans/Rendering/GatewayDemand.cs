using Plimsoll.Plans.Agents;

namespace Plimsoll.Plans.Rendering;

/// <summary>How an attempt is to reach the gateway.</summary>
/// <param name="Route">The provider or pool its calls go to; null = whichever speaks its dialect.</param>
public sealed record GatewayDemand(GatewayWiring Wiring, string? Route);
