namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>A token bucket that refills continuously; its arithmetic is exact.</summary>
/// <param name="perPeriod">Refill, tokens per minute unless <paramref name="period"/> says otherwise.</param>
/// <param name="depth">Time of refill that a full bucket holds: 60 s = "per minute" taken literally, 1 s = "60 per minute may be enforced as 1 per second".</param>
/// <param name="start">It is full then.</param>
/// <param name="period">Null = a minute.</param>
internal sealed class RefillingQuota(long perPeriod, TimeSpan depth, OversizePolicy oversize, DateTimeOffset start, TimeSpan? period = null) : IQuota
{
    private readonly long unitsPerToken = (period ?? TimeSpan.FromMinutes(1)).Ticks;

    // Int128: a level is at most 1e9 x 6e8 units, but debt has no bound.
    private readonly Int128 capacity = (Int128)perPeriod * depth.Ticks;
    private Int128 level = (Int128)perPeriod * depth.Ticks;
    private DateTimeOffset at = start;

    public TimeSpan? WaitFor(long amount, DateTimeOffset now)
    {
        Refill(now);
        return OversizeRule.Needed(oversize, amount, perPeriod, capacity, unitsPerToken) is { } needed ? TimeUntil(needed) : null;
    }

    public void Take(long amount, DateTimeOffset now)
    {
        Refill(now);
        level = Int128.Min(capacity, level - ((Int128)amount * unitsPerToken));
    }

    public void Waste(long amount, DateTimeOffset now)
    {
        Refill(now);
        if (level > 0)
            level = Int128.Max(0, level - ((Int128)amount * unitsPerToken));
    }

    public long Level(DateTimeOffset now)
    {
        Refill(now);
        Int128 whole = level / unitsPerToken;
        return (long)(level < 0 && whole * unitsPerToken != level ? whole - 1 : whole);
    }

    public TimeSpan UntilFull(DateTimeOffset now)
    {
        Refill(now);
        return TimeUntil(capacity);
    }

    private void Refill(DateTimeOffset now)
    {
        if (now <= at)
            return;
        level = Int128.Min(capacity, level + ((Int128)perPeriod * (now - at).Ticks));
        at = now;
    }

    private TimeSpan TimeUntil(Int128 needed) =>
        level >= needed ? TimeSpan.Zero : TimeSpan.FromTicks((long)((needed - level + perPeriod - 1) / perPeriod));
}
