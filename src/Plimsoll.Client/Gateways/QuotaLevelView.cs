namespace Plimsoll.Client.Gateways;

/// <summary>One dimension of a quota.</summary>
/// <param name="Dimension"><c>requests</c>, <c>input_tokens</c>, <c>output_tokens</c>, <c>total_tokens</c>, <c>daily_requests</c>, <c>concurrency</c> or <c>money</c>.</param>
/// <param name="PerMinute">Refill; of <c>concurrency</c> the places there are.</param>
/// <param name="Remaining">What the provider is thought to have left.</param>
/// <param name="Learned">True when the provider told the rate, not the configuration.</param>
public sealed record QuotaLevelView(string Dimension, double PerMinute, double Remaining, bool Learned);
