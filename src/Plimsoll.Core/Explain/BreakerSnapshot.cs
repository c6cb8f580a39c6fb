namespace Plimsoll.Core.Explain;

/// <summary>The circuit breaker of a class that is not closed.</summary>
/// <param name="OpenUntil">When a probe may start.</param>
/// <param name="IsHalfOpen">True while a probe may start or is alive.</param>
/// <param name="Failures">Failures without a success.</param>
public sealed record BreakerSnapshot(string Class, DateTimeOffset OpenUntil, bool IsHalfOpen, int Failures);
