namespace Plimsoll.Core.Limits.Learning;

/// <summary>How many seconds of quota may be used at once: starts at 1, grows while that goes well and is needed, halves on a refusal.</summary>
/// <remarks>Providers do not publish the depth of their buckets, and 60 per minute may be enforced as 1 per second.</remarks>
public sealed class BurstDepth
{
    private const double Least = 0.1;
    private static readonly TimeSpan Trial = TimeSpan.FromMinutes(1);

    private DateTimeOffset trialBegan;
    private bool waited;

    public BurstDepth(DateTimeOffset now)
    {
        trialBegan = now;
    }

    /// <summary>The depth in seconds of quota, 0.1 or more.</summary>
    public double Seconds { get; private set; } = 1;

    /// <summary>A request waited for this bucket: a deeper one would have let it pass.</summary>
    internal void Waited()
    {
        waited = true;
    }

    /// <summary>After a minute without a refusal in which it bound, grows by 1 s, at most to half of what the provider says remains.</summary>
    internal void Advance(DateTimeOffset now, double remainingSeconds)
    {
        if (now - trialBegan < Trial)
        {
            return;
        }

        if (waited && Seconds < remainingSeconds / 2)
        {
            Seconds = Math.Min(Seconds + 1, remainingSeconds / 2);
        }

        trialBegan = now;
        waited = false;
    }

    internal void Refused(DateTimeOffset now)
    {
        Seconds = Math.Max(Least, Seconds / 2);
        trialBegan = now;
        waited = false;
    }
}
