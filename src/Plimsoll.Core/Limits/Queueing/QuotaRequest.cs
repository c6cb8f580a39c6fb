namespace Plimsoll.Core.Limits.Queueing;

/// <summary>A request that waits for quota.</summary>
/// <param name="Item">What the caller calls it.</param>
/// <param name="Lifetime">How long it may hold quota without being settled, from the moment it is sent.</param>
public readonly record struct QuotaRequest<T>(T Item, Demand Demand, TimeSpan Lifetime);
