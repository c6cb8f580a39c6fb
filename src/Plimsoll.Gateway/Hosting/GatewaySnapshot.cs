using System.Collections.Immutable;

namespace Plimsoll.Gateway.Hosting;

/// <summary>A picture of the gateway at one moment.</summary>
public sealed record GatewaySnapshot(ImmutableArray<QuotaSnapshot> Quotas);
