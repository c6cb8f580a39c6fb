namespace Plimsoll.Client.Runs;

/// <summary>The limit of a service outside.</summary>
/// <param name="Amount">Units per period.</param>
/// <param name="Burst">Most units at once of a token bucket; null for a sliding window.</param>
public sealed record ServiceLimitView(string Name, long Amount, double PerSeconds, long? Burst);
