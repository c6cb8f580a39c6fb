namespace Plimsoll.Watch.Forecasts;

/// <summary>What the scaling decision remembers; immutable.</summary>
/// <param name="Desired">Nodes that are wanted.</param>
/// <param name="IdleSince">Since when fewer would do; null while they would not.</param>
/// <param name="Reason">Why that many, for people.</param>
public sealed record ScalingState(int Desired, DateTimeOffset? ChangedAt, DateTimeOffset? IdleSince, string Reason);
