namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>All limits of one model class or deployment; a request is admitted by all of them or takes nothing.</summary>
internal sealed class QuotaSet
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly SortedDictionary<QuotaDimension, MeteredQuota> quotas = [];

    /// <param name="start">All quotas are full then.</param>
    public QuotaSet(QuotaLimits limits, QuotaShape shape, DateTimeOffset start)
    {
        foreach (QuotaDimension dimension in Enum.GetValues<QuotaDimension>())
        {
            if (limits[dimension] is not { } limit)
                continue;
            if (dimension == QuotaDimension.DailyRequests)
            {
                quotas[dimension] = new(limit, new RefillingQuota(limit, Day, shape.Oversize, start, Day), told: null);
                continue;
            }

            IQuota enforced = shape.Windowed
                ? new WindowedQuota(limit, shape.Depth, shape.Oversize, start)
                : new RefillingQuota(limit, shape.Depth, shape.Oversize, start);
            IQuota? told = shape.Told == HeaderLevel.Minute ? new RefillingQuota(limit, Minute, shape.Oversize, start) : null;
            quotas[dimension] = new(limit, enforced, told);
        }
    }

    /// <summary>Null = all needs are met now; otherwise the one with the longest wait. Takes nothing.</summary>
    public QuotaRefusal? Refuses(IEnumerable<QuotaNeed> needs, DateTimeOffset now)
    {
        QuotaRefusal? longest = null;
        foreach (QuotaNeed need in needs)
        {
            if (quotas.TryGetValue(need.Dimension, out MeteredQuota? quota) && quota.Refuses(need, now) is { } refusal
                && (longest is null || refusal.Wait is null || refusal.Wait > longest.Wait))
                longest = refusal;
        }

        return longest;
    }

    public void Take(QuotaDimension dimension, long amount, DateTimeOffset now) => quotas.GetValueOrDefault(dimension)?.Take(amount, now);

    public void Waste(QuotaDimension dimension, long amount, DateTimeOffset now) => quotas.GetValueOrDefault(dimension)?.Waste(amount, now);

    /// <summary>What the headers tell; null = not limited.</summary>
    public QuotaReading? Read(QuotaDimension dimension, DateTimeOffset now) => quotas.GetValueOrDefault(dimension)?.Read(now);

    /// <summary>Whole tokens left of what is enforced, below zero in debt; null = not limited.</summary>
    public long? Level(QuotaDimension dimension, DateTimeOffset now) => quotas.GetValueOrDefault(dimension)?.Level(now);

    /// <summary>Charged since the start; null = not limited.</summary>
    public long? Charged(QuotaDimension dimension) => quotas.GetValueOrDefault(dimension)?.Charged;
}
