namespace Plimsoll.Core.Limits;

/// <summary>At most so many units in any window of a length: what is taken at t counts until t + window.</summary>
/// <remarks>
/// A log of what was taken. With resolution zero it is exact; otherwise neighbours within the resolution share an entry that lasts as long
/// as its youngest part. It then never admits more than exact counting would, frees units at most the resolution late, and keeps at most
/// window / resolution + 2 entries. Counters that weight the previous window (the common cheap form) may admit too much instead.
/// </remarks>
public sealed class SlidingWindow : ILimit
{
    private readonly long windowTicks;
    private readonly long resolutionTicks;
    private readonly Oversize oversize;
    private readonly List<Entry> entries = [];
    private int oldest;
    private long used;
    private long latest;

    /// <param name="limit">Units per window, at least 1.</param>
    /// <param name="window">Length of the window, above zero.</param>
    /// <param name="resolution">How late units may become free; zero: exact, one entry per moment in which something was taken.</param>
    /// <param name="oversize">What happens to a request above the limit; only <see cref="Oversize.Debt"/> lets more than the limit pass.</param>
    public SlidingWindow(long limit, TimeSpan window, TimeSpan resolution = default, Oversize oversize = Oversize.Refuse)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, TimeSpan.Zero);
        Limit = limit;
        windowTicks = window.Ticks;
        resolutionTicks = resolution.Ticks;
        this.oversize = oversize;
    }

    public long Limit { get; }

    /// <inheritdoc/>
    public bool Refunds => true;

    /// <summary>Units that count at this moment.</summary>
    public long Used(DateTimeOffset now)
    {
        long counted = used;
        for (int index = oldest; index < entries.Count && entries[index].Last + windowTicks <= now.UtcTicks; index++)
        {
            counted -= entries[index].Units;
        }

        return counted;
    }

    /// <inheritdoc/>
    public Opening OpeningFor(long amount, DateTimeOffset now)
    {
        if (amount > Limit && oversize == Oversize.Refuse)
        {
            return Opening.Never;
        }

        long ticks = Math.Max(latest, now.UtcTicks);
        long excess = used + Math.Min(amount, Limit) - Limit;
        long frees = ticks;
        for (int index = oldest; amount > 0 && excess > 0 && index < entries.Count; index++)
        {
            excess -= entries[index].Units;
            frees = entries[index].Last + windowTicks;
        }

        return frees <= ticks ? Opening.Now : Opening.Later(new DateTimeOffset(frees, TimeSpan.Zero));
    }

    /// <inheritdoc/>
    public long ChargeFor(long amount) => oversize == Oversize.FullBucket ? Math.Min(amount, Limit) : amount;

    /// <inheritdoc/>
    public void Take(long amount, DateTimeOffset now)
    {
        Forget(now);
        if (amount <= 0)
        {
            return;
        }

        used += amount;
        if (entries.Count > oldest && (latest == entries[^1].Last || latest - entries[^1].First < resolutionTicks))
        {
            entries[^1] = new Entry(entries[^1].First, latest, entries[^1].Units + amount);
        }
        else
        {
            entries.Add(new Entry(latest, latest, amount));
        }
    }

    /// <inheritdoc/>
    public void Return(long amount, DateTimeOffset takenAt, DateTimeOffset now)
    {
        Forget(now);
        for (int index = entries.Count - 1; index >= oldest && entries[index].Last >= takenAt.UtcTicks && amount > 0; index--)
        {
            if (entries[index].First <= takenAt.UtcTicks)
            {
                long returned = Math.Min(amount, entries[index].Units);
                entries[index] = entries[index] with { Units = entries[index].Units - returned };
                used -= returned;
                amount = 0;
            }
        }
    }

    /// <inheritdoc/>
    public double CostOf(long amount) => ChargeFor(amount) * (windowTicks / (double)TimeSpan.TicksPerSecond) / Limit;

    private void Forget(DateTimeOffset now)
    {
        latest = Math.Max(latest, now.UtcTicks);
        for (; oldest < entries.Count && entries[oldest].Last + windowTicks <= latest; oldest++)
        {
            used -= entries[oldest].Units;
        }

        if (oldest > 32 && oldest > entries.Count / 2)
        {
            entries.RemoveRange(0, oldest);
            oldest = 0;
        }
    }

    /// <summary>Units taken from First to Last (UTC ticks).</summary>
    private readonly record struct Entry(long First, long Last, long Units);
}
