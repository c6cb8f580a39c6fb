namespace Plimsoll.Core.Limits;

/// <summary>A named rule for requests or starts: a token bucket, or a sliding window when there is no burst.</summary>
/// <param name="Rate">Units per period.</param>
/// <param name="Burst">Depth of the bucket in units; null: a sliding window over the period.</param>
public sealed record LimitPolicy(Rate Rate, long? Burst)
{
    /// <summary>Windows up to this many units are counted exactly, larger ones in a thousand steps.</summary>
    private const long MostExact = 10_000;

    /// <summary>Most units that fit at once.</summary>
    public long MostAtOnce() => Burst ?? Rate.Amount;

    /// <summary>A limit by this rule from which nothing was taken yet; more than fits at once is refused.</summary>
    /// <param name="now">No later than the first request.</param>
    public ILimit Open(DateTimeOffset now) => Burst is { } burst
        ? new TokenBucket(Rate, burst, now, null, Oversize.Refuse)
        : new SlidingWindow(Rate.Amount, Rate.Per, Rate.Amount > MostExact ? Rate.Per / 1000 : TimeSpan.Zero);
}
