namespace Plimsoll.Client.Services;

/// <summary>A limit of a service outside.</summary>
/// <param name="Rate">Units per time: <c>100/min</c>, <c>2/s</c>, <c>100/10s</c>.</param>
/// <param name="Burst">Most units at once of a token bucket; null = a sliding window.</param>
public sealed record RateView(string Rate, long? Burst);
