namespace Plimsoll.Watch.Samples;

/// <summary>A pool of places: burst memory, workers, or connections.</summary>
/// <param name="Used">In the unit of <paramref name="Size"/>.</param>
/// <param name="Waiters">Who wait for a place.</param>
/// <param name="Taken">Counter: places given out so far.</param>
public sealed record PoolReading(string Name, PoolKind Kind, double Size, double Used, long Waiters, long Taken)
{
    /// <summary>Longest wait of those who wait now; of connections, since the service began.</summary>
    public TimeSpan LongestWait { get; init; }
}
