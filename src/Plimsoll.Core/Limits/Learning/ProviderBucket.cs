namespace Plimsoll.Core.Limits.Learning;

/// <summary>Our side of a provider's bucket: a shallow bucket that paces, and a copy of the provider's own that headers correct.</summary>
/// <remarks>
/// The pacing bucket has the depth of <see cref="BurstDepth"/>, the copy that of one whole period. Headers are compared with the copy: comparing them with
/// the pacing bucket would refill it after each answer and undo the pacing. Both are charged alike.
/// </remarks>
public sealed class ProviderBucket : ILimit
{
    private const double RaiseShare = 0.1;

    private readonly TokenBucket paced;
    private readonly TokenBucket copy;
    private readonly RampGovernor? ramp;
    private Rate limit;
    private bool confirmed;
    private DateTimeOffset frozenUntil;
    private DateTimeOffset fullAt;

    /// <param name="limit">The refill the provider grants.</param>
    /// <param name="level">Units to start with until the first headers come.</param>
    /// <param name="refunds">Whether the provider gives back what a request did not use (Anthropic does, OpenAI does not).</param>
    /// <param name="ramp">The bound on growth, where the provider has one.</param>
    public ProviderBucket(Rate limit, DateTimeOffset now, long level, bool refunds = true, RampGovernor? ramp = null)
    {
        this.limit = limit;
        this.ramp = ramp;
        Refunds = refunds;
        Depth = new BurstDepth(now);
        copy = new TokenBucket(limit, limit.Amount, now, level);
        paced = new TokenBucket(limit, 1, now, level);
        fullAt = DateTimeOffset.MaxValue;
        Resize(now);
        paced.SetLevel(level, now);
        NoteFull(now);
    }

    /// <inheritdoc/>
    public bool Refunds { get; }

    public BurstDepth Depth { get; }

    /// <summary>The refill in force: the provider's, or less while growth is bounded.</summary>
    public Rate Rate => paced.Rate;

    /// <summary>Units that may be used at once.</summary>
    public long Capacity => paced.Capacity;

    /// <summary>Until when a refusal of the provider stops this dimension.</summary>
    public DateTimeOffset FrozenUntil => frozenUntil;

    /// <summary>Units that may be used now; negative while in debt.</summary>
    public double Level(DateTimeOffset now) => paced.Level(now);

    /// <summary>Units that the provider is thought to have left.</summary>
    public double Remaining(DateTimeOffset now) => copy.Level(now);

    /// <inheritdoc/>
    public Opening OpeningFor(long amount, DateTimeOffset now)
    {
        if (amount <= 0)
        {
            return Opening.Now;
        }

        Opening opening = OpeningAt(Math.Min(amount, Capacity), now);
        DateTimeOffset settled = fullAt.AddSeconds(amount > Capacity && fullAt < DateTimeOffset.MaxValue ? Depth.SettleSeconds : 0);
        return amount > Capacity && settled > now ? opening.And(Opening.Later(settled)) : opening;
    }

    /// <inheritdoc/>
    public long ChargeFor(long amount) => amount;

    /// <inheritdoc/>
    public void Take(long amount, DateTimeOffset now)
    {
        ramp?.Used(amount, now);
        Resize(now);
        paced.Take(amount, now);
        copy.Take(amount, now);
        NoteFull(now);
    }

    /// <inheritdoc/>
    public void Return(long amount, DateTimeOffset takenAt, DateTimeOffset now)
    {
        ramp?.Used(-amount, now);
        paced.Return(amount, takenAt, now);
        copy.Return(amount, takenAt, now);
        NoteFull(now);
    }

    /// <inheritdoc/>
    public double CostOf(long amount) => paced.CostOf(amount);

    /// <summary>Corrects our count by what the headers of an answer say.</summary>
    /// <param name="chargedAfter">What requests sent after this one were charged (<see cref="LimitVector.ChargedAfter"/>).</param>
    /// <remarks>
    /// Expected = remaining + rate x (now - received) - charged after. The first headers count in full. Later differences within rounding + rate x round trip
    /// are noise; less than our count counts at once, of more only a tenth: others may share the account.
    /// </remarks>
    public void Observe(ProviderReading reading, long chargedAfter, DateTimeOffset now)
    {
        if (reading.Limit is { IsValid: true } named && named != limit)
        {
            limit = named;
            copy.Resize(limit, limit.Amount, now);
        }

        double sinceReceived = Math.Max(0, (now - reading.ReceivedAt).TotalSeconds);
        double expected = Math.Min(copy.Capacity, reading.Remaining + (limit.PerSecond * sinceReceived) - chargedAfter);
        double noise = reading.Rounding + (limit.PerSecond * reading.RoundTrip.TotalSeconds);
        double difference = expected - copy.Level(now);
        if (!confirmed || difference < -noise)
        {
            copy.SetLevel(expected, now);
            paced.SetLevel(confirmed ? Math.Min(paced.Level(now), expected) : expected, now);
            confirmed = true;
        }
        else if (difference > noise)
        {
            copy.SetLevel(copy.Level(now) + (RaiseShare * difference), now);
            paced.SetLevel(paced.Level(now) + (RaiseShare * difference), now);
        }

        Resize(now);
        NoteFull(now);
    }

    /// <summary>The provider refused a request because of this dimension: stops it for a time and halves the burst depth.</summary>
    /// <param name="retryAfter">What the provider asks for; zero or more.</param>
    /// <param name="amount">What the refused request was to be charged; one larger than the burst lengthens the wait of its like instead.</param>
    /// <remarks>
    /// Settle or cancel the refused request first. Refusals while the dimension is stopped are of requests sent before: they prolong the stop and leave the
    /// burst depth as it is.
    /// </remarks>
    public void Refused(TimeSpan retryAfter, long amount, DateTimeOffset now)
    {
        if (now >= frozenUntil)
        {
            Depth.Refused(amount > Capacity, now);
        }

        DateTimeOffset until = now + retryAfter;
        frozenUntil = until > frozenUntil ? until : frozenUntil;
        Resize(now);

        // Whatever we counted, the provider had less; what refills until then is what the refused request needs.
        copy.SetLevel(Math.Min(0, copy.Level(now)), now);
        paced.SetLevel(Math.Min(0, paced.Level(now)), now);
        confirmed = true;
        NoteFull(now);
    }

    /// <summary>When the level reaches this many units, at most the capacity, and no refusal stops the dimension.</summary>
    internal Opening OpeningAt(long level, DateTimeOffset now)
    {
        Opening opening = paced.OpeningAt(level, now);
        return frozenUntil > now ? opening.And(Opening.Later(frozenUntil)) : opening;
    }

    private void Resize(DateTimeOffset now)
    {
        Depth.Advance(now, copy.Level(now) / limit.PerSecond);
        Rate rate = ramp is null ? limit : ramp.Bound(limit, now);
        long capacity = Math.Clamp(rate.UnitsIn(TimeSpan.FromSeconds(Depth.Seconds)), 1, limit.Amount);
        if (rate != paced.Rate || capacity != paced.Capacity)
        {
            paced.Resize(rate, capacity, now);
        }
    }

    /// <summary>Remembers since when the pacing bucket is full, or when it will be.</summary>
    private void NoteFull(DateTimeOffset now)
    {
        Opening full = paced.OpeningAt(paced.Capacity, now);
        fullAt = !full.IsNow ? full.NotBefore : fullAt > now ? now : fullAt;
    }
}
