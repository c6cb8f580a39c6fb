namespace Plimsoll.Core.Lifecycle;

/// <summary>What the kernel does with a task's attempts; shared by all tasks written with the same values.</summary>
/// <param name="Timeout">Longest life of one attempt; null is without limit.</param>
/// <param name="Grace">Time between SIGTERM and SIGKILL when an attempt is ended.</param>
/// <param name="Breaker">Circuit breaker of the task's class; null = none.</param>
public sealed record TaskPolicy(RetryPolicy Retry, TimeSpan? Timeout, TimeSpan Grace, BreakerPolicy? Breaker)
{
    public static TimeSpan DefaultGrace { get; } = TimeSpan.FromSeconds(10);

    public static TaskPolicy Default { get; } = new(RetryPolicy.None, null, DefaultGrace, null);
}
