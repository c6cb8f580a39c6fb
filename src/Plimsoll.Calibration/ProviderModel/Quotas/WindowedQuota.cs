namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>A count that begins anew with each window (Azure checks over 1 s or 10 s); what went beyond a window counts in the next.</summary>
/// <param name="perMinute">Limit, tokens per minute; a window allows its share.</param>
/// <param name="window">Length of a window.</param>
/// <param name="start">Windows begin here and at whole multiples after.</param>
internal sealed class WindowedQuota(long perMinute, TimeSpan window, OversizePolicy oversize, DateTimeOffset start) : IQuota
{
    private readonly Int128 allowance = (Int128)perMinute * window.Ticks;
    private Int128 used;
    private DateTimeOffset begun = start;

    public TimeSpan? WaitFor(long amount, DateTimeOffset now)
    {
        Roll(now);
        if (OversizeRule.Needed(oversize, amount, perMinute, allowance) is not { } needed)
            return null;
        return UntilUsedIs(allowance - needed, now);
    }

    public void Take(long amount, DateTimeOffset now)
    {
        Roll(now);
        used = Int128.Max(0, used + ((Int128)amount * OversizeRule.UnitsPerToken));
    }

    public void Waste(long amount, DateTimeOffset now)
    {
        Roll(now);
        if (used < allowance)
            used = Int128.Min(allowance, used + ((Int128)amount * OversizeRule.UnitsPerToken));
    }

    public long Level(DateTimeOffset now)
    {
        Roll(now);
        Int128 left = allowance - used;
        Int128 whole = left / OversizeRule.UnitsPerToken;
        return (long)(left < 0 && whole * OversizeRule.UnitsPerToken != left ? whole - 1 : whole);
    }

    public TimeSpan UntilFull(DateTimeOffset now)
    {
        Roll(now);
        return UntilUsedIs(0, now);
    }

    private void Roll(DateTimeOffset now)
    {
        long windows = (now - begun).Ticks / window.Ticks;
        if (windows <= 0)
            return;
        used = Int128.Max(0, used - (windows * allowance));
        begun += TimeSpan.FromTicks(windows * window.Ticks);
    }

    private TimeSpan UntilUsedIs(Int128 atMost, DateTimeOffset now)
    {
        if (used <= atMost)
            return TimeSpan.Zero;
        Int128 windows = (used - atMost + allowance - 1) / allowance;
        return begun + TimeSpan.FromTicks((long)windows * window.Ticks) - now;
    }
}
