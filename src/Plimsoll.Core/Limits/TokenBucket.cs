namespace Plimsoll.Core.Limits;

/// <summary>A bucket that refills continuously and admits a request when it holds min(amount, capacity).</summary>
/// <remarks>
/// Level form of the generic cell rate algorithm (ITU-T I.371; J. Turner, "New directions in communications", IEEE Communications
/// Magazine 24(10), 1986). In any time t it admits at most capacity + rate x t, and what one larger request brings it into debt.
/// Levels are whole numbers of units x ticks, so that no rounding accumulates and wake-ups are exact to the tick (100 ns).
/// </remarks>
public sealed class TokenBucket : ILimit
{
    private readonly Oversize oversize;
    private Rate rate;
    private long capacity;
    private Int128 credit;
    private long refilledTo;

    /// <param name="rate">The refill.</param>
    /// <param name="capacity">The most it holds, in units, 1..<see cref="Limits.Rate.Largest"/>: depth x rate.</param>
    /// <param name="now">The moment from which it refills.</param>
    /// <param name="level">What it holds at that moment, at most the capacity; null means full.</param>
    public TokenBucket(Rate rate, long capacity, DateTimeOffset now, long? level = null, Oversize oversize = Oversize.Debt)
    {
        Check(rate, capacity);
        this.rate = rate;
        this.capacity = capacity;
        this.oversize = oversize;
        credit = Scaled(Math.Min(capacity, level ?? capacity));
        refilledTo = now.UtcTicks;
    }

    public Rate Rate => rate;

    /// <summary>The most it holds, in units.</summary>
    public long Capacity => capacity;

    /// <inheritdoc/>
    public bool Refunds => true;

    /// <summary>Units available; negative while in debt.</summary>
    public double Level(DateTimeOffset now) => (double)CreditAt(now.UtcTicks) / rate.Per.Ticks;

    /// <inheritdoc/>
    public Opening OpeningFor(long amount, DateTimeOffset now)
    {
        if (amount <= 0)
        {
            return Opening.Now;
        }

        return amount > capacity && oversize == Oversize.Refuse ? Opening.Never : OpeningAt(Math.Min(amount, capacity), now);
    }

    /// <summary>When the level reaches this many units, which must not be above the capacity.</summary>
    public Opening OpeningAt(long level, DateTimeOffset now)
    {
        Int128 missing = Scaled(level) - CreditAt(now.UtcTicks);
        if (missing <= 0)
        {
            return Opening.Now;
        }

        Int128 at = Math.Max(refilledTo, now.UtcTicks) + ((missing + rate.Amount - 1) / rate.Amount);
        return at >= DateTimeOffset.MaxValue.Ticks ? Opening.Never : Opening.Later(new DateTimeOffset((long)at, TimeSpan.Zero));
    }

    /// <inheritdoc/>
    public long ChargeFor(long amount) => oversize == Oversize.FullBucket ? Math.Min(amount, capacity) : amount;

    /// <inheritdoc/>
    public void Take(long amount, DateTimeOffset now)
    {
        Refill(now);
        credit -= Scaled(amount);
    }

    /// <inheritdoc/>
    public void Return(long amount, DateTimeOffset takenAt, DateTimeOffset now)
    {
        Refill(now);
        credit = Int128.Min(Scaled(capacity), credit + Scaled(amount));
    }

    /// <summary>Sets the level in units; above the capacity counts as full.</summary>
    public void SetLevel(double level, DateTimeOffset now)
    {
        Refill(now);
        credit = (Int128)Math.Floor(Math.Min(level, capacity) * rate.Per.Ticks);
    }

    /// <summary>Changes refill and capacity from this moment on; the level stays, as far as it fits.</summary>
    public void Resize(Rate newRate, long newCapacity, DateTimeOffset now)
    {
        Check(newRate, newCapacity);
        Refill(now);
        if (newRate.Per != rate.Per)
        {
            credit = credit * newRate.Per.Ticks / rate.Per.Ticks;
        }

        rate = newRate;
        capacity = newCapacity;
        credit = Int128.Min(Scaled(capacity), credit);
    }

    /// <inheritdoc/>
    public double CostOf(long amount) => ChargeFor(amount) / rate.PerSecond;

    private static void Check(Rate rate, long capacity)
    {
        if (!rate.IsValid)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"a rate is 1..{Rate.Largest} units in at most 366 days");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, Rate.Largest);
    }

    private Int128 Scaled(long units) => (Int128)units * rate.Per.Ticks;

    private Int128 CreditAt(long ticks) =>
        ticks <= refilledTo ? credit : Int128.Min(Scaled(capacity), credit + ((Int128)(ticks - refilledTo) * rate.Amount));

    private void Refill(DateTimeOffset now)
    {
        credit = CreditAt(now.UtcTicks);
        refilledTo = Math.Max(refilledTo, now.UtcTicks);
    }
}
