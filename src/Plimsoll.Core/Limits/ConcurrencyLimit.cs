namespace Plimsoll.Core.Limits;

/// <summary>At most so many places taken at once.</summary>
public sealed class ConcurrencyLimit : ILimit
{
    private long limit;

    /// <param name="limit">Places, at least 1.</param>
    public ConcurrencyLimit(long limit)
    {
        Limit = limit;
    }

    /// <summary>Places; lowering it below what is taken ends nothing, but nobody enters until it fits again.</summary>
    public long Limit
    {
        get => limit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            limit = value;
        }
    }

    /// <summary>Places taken.</summary>
    public long InUse { get; private set; }

    /// <inheritdoc/>
    public bool Refunds => true;

    /// <inheritdoc/>
    public Opening OpeningFor(long amount, DateTimeOffset now)
    {
        if (amount <= 0 || InUse + amount <= limit)
        {
            return Opening.Now;
        }

        return amount > limit ? Opening.Never : Opening.OnRelease;
    }

    /// <inheritdoc/>
    public long ChargeFor(long amount) => amount;

    /// <inheritdoc/>
    public void Take(long amount, DateTimeOffset now)
    {
        InUse += amount;
    }

    /// <inheritdoc/>
    public void Return(long amount, DateTimeOffset takenAt, DateTimeOffset now)
    {
        InUse = Math.Max(0, InUse - amount);
    }

    /// <inheritdoc/>
    public double CostOf(long amount) => amount / (double)limit;
}
