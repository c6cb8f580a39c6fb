namespace Plimsoll.Watch.Samples;

/// <summary>A circuit breaker.</summary>
/// <param name="Name">Class of tasks or agent that it holds back.</param>
/// <param name="Open">True also while it is half open.</param>
/// <param name="Failures">Those that opened it.</param>
/// <param name="Until">When it lets a probe through.</param>
public sealed record BreakerReading(string Name, bool Open, int Failures, DateTimeOffset? Until);
