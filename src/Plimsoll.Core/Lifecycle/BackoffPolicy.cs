namespace Plimsoll.Core.Lifecycle;

/// <summary>Exponential backoff with full jitter: a uniform delay in [0, min(<paramref name="Cap"/>, <paramref name="Base"/> x 2^(n-1))].</summary>
/// <remarks>Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015. Default 1 s, capped at 5 min.</remarks>
public sealed record BackoffPolicy(TimeSpan Base, TimeSpan Cap)
{
    public static BackoffPolicy Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
}
