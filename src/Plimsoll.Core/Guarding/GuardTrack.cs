using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Guarding;

/// <summary>What the guard remembers of one live attempt from reading to reading; reused for another when it has gone.</summary>
internal sealed class GuardTrack
{
    private const double BurstBegins = 0.1;
    private const double BurstEnds = 0.05;
    private const double Tolerance = 1.1;
    private const long LeastTolerance = 4L << 20;

    public AttemptId Attempt { get; private set; }

    /// <summary>What the kernel knows of it; one that the kernel has not published yet is bounded by nothing.</summary>
    public GuardTask Known { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Bytes per second between the last two readings, never negative; 0 while frozen.</summary>
    public double Growth { get; private set; }

    /// <summary>Growth as it was when it was frozen.</summary>
    public double GrowthBefore { get; private set; }

    public DateTimeOffset? BurstSince { get; private set; }

    public DateTimeOffset? FrozenSince { get; private set; }

    public DateTimeOffset? EvictedAt { get; private set; }

    /// <summary>Number of the reading it was in last.</summary>
    public long SeenIn { get; private set; }

    private DateTimeOffset ReadAt { get; set; }

    public bool IsRunning => FrozenSince is null && EvictedAt is null;

    /// <summary>Its limit s + b, or what it holds when that is a little more; null when nothing bounds it.</summary>
    /// <remarks>Readings waver: a start that ends a few pages above what was learned is no leak.</remarks>
    private long? Bound
    {
        get
        {
            long most = (Known.Settled + Known.Burst).Value;
            return Known.Known && Bytes <= (most * Tolerance) + LeastTolerance ? Math.Max(most, Bytes) : null;
        }
    }

    public void Begin(AttemptId attempt, DateTimeOffset at)
    {
        Attempt = attempt;
        Known = new GuardTask(attempt, default, default, false, 0, at, null, null, false);
        (Bytes, Growth, GrowthBefore, ReadAt) = (0, 0, 0, default);
        (BurstSince, FrozenSince, EvictedAt) = (null, null, null);
    }

    public void Read(long bytes, DateTimeOffset at, GuardTask? known, long reading)
    {
        Known = known ?? Known;
        double seconds = (at - ReadAt).TotalSeconds;
        if (ReadAt == default)
        {
            Growth = 0;
        }
        else if (seconds > 0)
        {
            Growth = FrozenSince is null ? Math.Max(0, bytes - Bytes) / seconds : 0;
        }

        (Bytes, ReadAt, SeenIn) = (bytes, at, reading);
        double above = Bytes - Known.Settled.Value;
        if (Known.Known && Known.Burst.Value > 0 && above > Known.Burst.Value * BurstBegins)
        {
            BurstSince ??= at;
        }
        else if (above <= Known.Burst.Value * BurstEnds)
        {
            BurstSince = null;
        }
    }

    /// <summary>Bytes by which it is expected to grow in a time, at most to its bound.</summary>
    public double Ahead(double seconds) => Math.Min(Growth * seconds, Bound is { } bound ? bound - Bytes : double.MaxValue);

    /// <summary>What it still takes before it is where its class goes: to its settled level, or through its burst.</summary>
    public double Remaining => Bound is { } bound && (BurstSince is not null || FrozenSince is not null) ? bound - Bytes
        : Known.Known ? Math.Max(0, Known.Settled.Value - Bytes)
        : 0;

    /// <summary>What it would take if it were thawed; one that nothing bounds may go on for a second as it did.</summary>
    public double RemainingIfThawed => Bound is { } bound ? bound - Bytes : Math.Max(GrowthBefore, Bytes * BurstEnds);

    public void Freeze(DateTimeOffset at)
    {
        FrozenSince = at;
        GrowthBefore = Growth;
        Growth = 0;
    }

    public void Thaw() => FrozenSince = null;

    public void Evict(DateTimeOffset at)
    {
        EvictedAt = at;
        Growth = 0;
    }

    /// <summary>What would have to be done again, in seconds of work; tokens and money count for time, a level of priority doubles.</summary>
    public double RedoCost(DateTimeOffset now)
    {
        const double TokensPerSecond = 50;
        const double SecondsPerMoney = 3600;
        double seconds = Math.Max(0, (now - Known.Began).TotalSeconds)
            + ((Known.Tokens ?? 0) / TokensPerSecond)
            + ((Known.Money ?? 0) * SecondsPerMoney);
        return (seconds + 1) * Math.Pow(2, Math.Clamp(Known.Priority, -20, 20));
    }
}
