namespace Plimsoll.Core.Limits;

/// <summary>A named rule for requests or starts: a token bucket, or a sliding window when there is no burst.</summary>
/// <param name="Rate">Units per period.</param>
/// <param name="Burst">Depth of the bucket in units; null: a sliding window over the period.</param>
public sealed record LimitPolicy(Rate Rate, long? Burst)
{
    /// <summary>Most units that fit at once.</summary>
    public long MostAtOnce() => Burst ?? Rate.Amount;
}
