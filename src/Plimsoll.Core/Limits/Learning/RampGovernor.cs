namespace Plimsoll.Core.Limits.Learning;

/// <summary>Bounds how fast use may grow where a provider has an acceleration limit: half as much again in 15 minutes.</summary>
/// <remarks>
/// OpenAI answers <c>slow_down</c> when use above one million input tokens per minute grows by more than 50 % in 15 minutes. The bound rises by
/// 1.5^(1/15) a minute, but to no more than 1.5 x the busiest of the last 15 minutes: what is not used is not earned.
/// </remarks>
public sealed class RampGovernor
{
    private const double Growth = 1.5;
    private const int Minutes = 15;

    private readonly double[] usedByMinute = new double[Minutes];
    private double freePerMinute;
    private double bound;
    private double current;
    private int lastMinute;
    private DateTimeOffset minuteBegan;
    private DateTimeOffset slowedAt = DateTimeOffset.MinValue;

    /// <param name="freePerMinute">Units per minute that may be used at any time; 1,000,000 at OpenAI.</param>
    public RampGovernor(long freePerMinute, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freePerMinute, 1);
        this.freePerMinute = freePerMinute;
        bound = freePerMinute;
        minuteBegan = now;
    }

    /// <summary>Counts what was charged.</summary>
    public void Used(long amount, DateTimeOffset now)
    {
        Advance(now);
        current += amount;
    }

    /// <summary>The smaller of a limit and what growth allows now.</summary>
    public Rate Bound(Rate limit, DateTimeOffset now)
    {
        Advance(now);
        double allowed = bound * limit.Per.TotalMinutes;
        return allowed < limit.Amount ? limit with { Amount = Math.Max(1, (long)allowed) } : limit;
    }

    /// <summary>The provider asked to slow down: back to two thirds of what was used, at most once a minute.</summary>
    public void SlowDown(DateTimeOffset now)
    {
        Advance(now);
        if (slowedAt > now - TimeSpan.FromMinutes(1))
        {
            return;
        }

        slowedAt = now;
        double seen = Math.Max(usedByMinute[lastMinute], current);
        bound = Math.Max(1, (seen > 0 ? Math.Min(bound, seen) : bound) / Growth);
        freePerMinute = Math.Min(freePerMinute, bound);
    }

    private void Advance(DateTimeOffset now)
    {
        long passed = (now - minuteBegan).Ticks / TimeSpan.TicksPerMinute;
        for (long minute = 0; minute < Math.Min(passed, Minutes + 1); minute++)
        {
            lastMinute = (lastMinute + 1) % Minutes;
            usedByMinute[lastMinute] = current;
            current = 0;
            double earned = Math.Min(bound * Math.Pow(Growth, 1.0 / Minutes), Growth * usedByMinute.Max());
            bound = Math.Max(freePerMinute, earned);
        }

        if (passed > 0)
        {
            minuteBegan += TimeSpan.FromMinutes(passed);
        }
    }
}
