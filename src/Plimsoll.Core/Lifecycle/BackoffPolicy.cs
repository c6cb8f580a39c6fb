namespace Plimsoll.Core.Lifecycle;

/// <summary>Exponential backoff with full jitter: a uniform delay in [0, min(<paramref name="Cap"/>, <paramref name="Base"/> x 2^(n-1))].</summary>
/// <remarks>Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015. Default 1 s, capped at 5 min.</remarks>
public sealed record BackoffPolicy(TimeSpan Base, TimeSpan Cap)
{
    public static BackoffPolicy Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>The delay after so many failures, from 1.</summary>
    /// <param name="share">Where in the interval, uniform in [0, 1).</param>
    public TimeSpan Delay(int failures, double share)
    {
        double ceiling = Math.Min(Cap.Ticks, Base.Ticks * Math.Pow(2, Math.Max(0, failures - 1)));
        return TimeSpan.FromTicks((long)(Math.Max(0, ceiling) * share));
    }
}
