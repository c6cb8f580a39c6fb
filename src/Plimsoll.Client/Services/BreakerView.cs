namespace Plimsoll.Client.Services;

/// <summary>The circuit breaker of a class of tasks.</summary>
/// <param name="State"><c>closed</c>, <c>open</c> (nothing starts) or <c>half_open</c> (one task is tried).</param>
/// <param name="OpenUntil">When one task is tried; null while it is closed.</param>
/// <param name="Failures">Failures without a success.</param>
public sealed record BreakerView(string State, DateTimeOffset? OpenUntil, int Failures)
{
    public static BreakerView Closed { get; } = new("closed", null, 0);
}
