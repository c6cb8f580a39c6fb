namespace Plimsoll.Client.Watching;

/// <summary>A pool of places, memory or connections.</summary>
/// <param name="Taken">Places given out so far.</param>
public sealed record PoolStatusView(string Name, string Kind, double Size, double Used, long Waiters, long Taken);
