namespace Plimsoll.Core.Facts;

/// <summary>The circuit breaker of a class changed.</summary>
/// <param name="OpenUntil">When a probe may start; null when the breaker closed.</param>
public sealed record BreakerChanged(DateTimeOffset At, string Class, DateTimeOffset? OpenUntil, string Reason) : Fact(At);
