namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>One limit as it is enforced, as it is told, and what was charged to it in all.</summary>
/// <param name="limit">Per minute.</param>
/// <param name="told">Null = the headers tell the enforced one.</param>
internal sealed class MeteredQuota(long limit, IQuota enforced, IQuota? told)
{
    /// <summary>Tokens or requests charged since the start, less those given back; wasted ones are not in it.</summary>
    public long Charged { get; private set; }

    public QuotaRefusal? Refuses(QuotaNeed need, DateTimeOffset now)
    {
        TimeSpan? wait = enforced.WaitFor(need.Amount, now);
        return wait == TimeSpan.Zero ? null : new(need.Dimension, limit, limit - enforced.Level(now), need.Amount, wait);
    }

    public void Take(long amount, DateTimeOffset now)
    {
        enforced.Take(amount, now);
        told?.Take(amount, now);
        Charged += amount;
    }

    public void Waste(long amount, DateTimeOffset now)
    {
        enforced.Waste(amount, now);
        told?.Waste(amount, now);
    }

    public long Level(DateTimeOffset now) => enforced.Level(now);

    public QuotaReading Read(DateTimeOffset now)
    {
        IQuota shown = told ?? enforced;
        return new(limit, Math.Clamp(shown.Level(now), 0, limit), shown.UntilFull(now));
    }
}
