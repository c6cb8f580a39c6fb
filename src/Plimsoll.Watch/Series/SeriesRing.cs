namespace Plimsoll.Watch.Series;

/// <summary>One resolution of one series; memory is allocated once.</summary>
/// <remarks>A slot belongs to the time <c>bucket x step</c>. Slots that nothing was read in are NaN, so a gap stays a gap.</remarks>
internal sealed class SeriesRing
{
    private readonly float[] means;
    private readonly float[] largest;
    private double sum; // of the newest slot
    private int count;

    public SeriesRing(SeriesTier tier)
    {
        Tier = tier;
        means = new float[tier.Length];
        largest = new float[tier.Length];
        Clear();
    }

    public SeriesTier Tier { get; }

    /// <summary>Bucket of the newest slot; <see cref="long.MinValue"/> while there is none.</summary>
    public long Newest { get; private set; }

    /// <summary>Bucket of the oldest slot that was ever filled and is still kept.</summary>
    public long Oldest { get; private set; }

    public bool IsEmpty => Newest == long.MinValue;

    public long BucketOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks, Tier.Step.Ticks).Quotient;

    public DateTimeOffset TimeOf(long bucket) => new(bucket * Tier.Step.Ticks, TimeSpan.Zero);

    /// <summary>Adds a reading; one that is older than the newest slot is dropped.</summary>
    public void Add(DateTimeOffset at, double value)
    {
        long bucket = BucketOf(at);
        if (bucket < Newest)
        {
            return;
        }

        if (bucket > Newest)
        {
            Advance(bucket);
        }

        int slot = Slot(bucket);
        sum += value;
        count++;
        means[slot] = (float)(sum / count);
        largest[slot] = float.IsNaN(largest[slot]) ? (float)value : Math.Max(largest[slot], (float)value);
    }

    /// <summary>Forgets every slot after <paramref name="at"/>: what a clock that ran ahead has left.</summary>
    public void ForgetAfter(DateTimeOffset at)
    {
        long last = BucketOf(at);
        if (IsEmpty || Newest <= last)
        {
            return;
        }

        if (last < Oldest)
        {
            Clear();
            return;
        }

        for (long bucket = last + 1; bucket <= Newest; bucket++)
        {
            Set(bucket, float.NaN, float.NaN);
        }

        (Newest, sum, count) = (last, 0, 0);
        if (Read(last) is { Mean: { } mean })
        {
            (sum, count) = (mean, 1);
        }
    }

    /// <summary>The slot of a bucket; empty outside of what is kept.</summary>
    public SeriesPoint Read(long bucket)
    {
        if (IsEmpty || bucket < Oldest || bucket > Newest || float.IsNaN(means[Slot(bucket)]))
        {
            return new SeriesPoint(TimeOf(bucket), null, null);
        }

        return new SeriesPoint(TimeOf(bucket), means[Slot(bucket)], largest[Slot(bucket)]);
    }

    /// <summary>Takes slots back from a record; the last of them is <paramref name="newest"/>.</summary>
    public void Load(long newest, ReadOnlySpan<(float Mean, float Largest)> slots)
    {
        Clear();
        if (slots.IsEmpty)
        {
            return;
        }

        Newest = newest;
        Oldest = newest - slots.Length + 1;
        for (int i = 0; i < slots.Length; i++)
        {
            Set(Oldest + i, slots[i].Mean, slots[i].Largest);
        }

        if (Read(newest) is { Mean: { } mean })
        {
            (sum, count) = (mean, 1);
        }
    }

    private void Advance(long bucket)
    {
        if (IsEmpty || bucket - Newest >= Tier.Length)
        {
            Clear();
            Oldest = bucket;
        }
        else
        {
            for (long skipped = Newest + 1; skipped <= bucket; skipped++)
            {
                Set(skipped, float.NaN, float.NaN);
            }

            Oldest = Math.Max(Oldest, bucket - Tier.Length + 1);
        }

        (Newest, sum, count) = (bucket, 0, 0);
    }

    private void Clear()
    {
        Array.Fill(means, float.NaN);
        Array.Fill(largest, float.NaN);
        (Newest, Oldest, sum, count) = (long.MinValue, long.MinValue, 0, 0);
    }

    private void Set(long bucket, float mean, float most)
    {
        means[Slot(bucket)] = mean;
        largest[Slot(bucket)] = most;
    }

    private int Slot(long bucket) => (int)(bucket % Tier.Length);
}
