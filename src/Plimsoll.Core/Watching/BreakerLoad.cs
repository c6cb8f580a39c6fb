namespace Plimsoll.Core.Watching;

/// <summary>A circuit breaker that is not closed.</summary>
/// <param name="Until">When it lets a probe through.</param>
/// <param name="IsHalfOpen">True while a probe may start or runs.</param>
public sealed record BreakerLoad(string Class, DateTimeOffset Until, bool IsHalfOpen, int Failures);
