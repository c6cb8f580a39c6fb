using Plimsoll.Core.Limits;

namespace Plimsoll.Gateway.Hosting;

/// <summary>One dimension of a quota.</summary>
/// <param name="PerMinute">Refill in units per minute.</param>
/// <param name="Remaining">Units we think the provider has left.</param>
/// <param name="Learned">Whether the rate came from the provider, not from the configuration.</param>
public sealed record LevelSnapshot(Dimension Dimension, double PerMinute, double Remaining, bool Learned);
