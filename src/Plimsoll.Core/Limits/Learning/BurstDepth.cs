namespace Plimsoll.Core.Limits.Learning;

/// <summary>How many seconds of quota may be used at once: starts at 1, grows while that goes well and is needed, halves on a refusal.</summary>
/// <remarks>Providers do not publish the depth of their buckets, and 60 per minute may be enforced as 1 per second.</remarks>
public sealed class BurstDepth
{
    private const double Least = 0.1;
    private const double FirstSettle = 0.05;
    private const double MostSettle = 0.5;
    private const double SettleKept = 0.95;
    private static readonly TimeSpan Trial = TimeSpan.FromMinutes(1);

    private DateTimeOffset trialBegan;
    private bool waited;

    public BurstDepth(DateTimeOffset now)
    {
        trialBegan = now;
    }

    /// <summary>The depth in seconds of quota, 0.1 or more.</summary>
    public double Seconds { get; private set; } = 1;

    /// <summary>How many seconds the bucket must have been full before a request larger than the depth passes; 0 until one was refused, at most 0.5.</summary>
    /// <remarks>
    /// A provider that lets such a request pass only with a full bucket of its own leaves no room for jitter of the network and errors of estimates, however
    /// shallow ours is. Waiting costs this much quota per such request.
    /// </remarks>
    public double SettleSeconds { get; private set; }

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

        SettleSeconds = SettleSeconds > FirstSettle / 2 ? SettleSeconds * SettleKept : 0;
        trialBegan = now;
        waited = false;
    }

    /// <param name="oversize">Whether the refused request was larger than the depth: a smaller one would not have saved it.</param>
    internal void Refused(bool oversize, DateTimeOffset now)
    {
        if (oversize)
        {
            SettleSeconds = Math.Clamp(SettleSeconds * 2, FirstSettle, MostSettle);
        }
        else
        {
            Seconds = Math.Max(Least, Seconds / 2);
        }

        trialBegan = now;
        waited = false;
    }
}
