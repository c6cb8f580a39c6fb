namespace Plimsoll.Core.Limits.Learning;

/// <summary>What the headers of one answer say about one dimension.</summary>
/// <param name="Remaining">Units left, as the provider says.</param>
/// <param name="Rounding">To how many units the provider rounds: 1,000 for tokens at Anthropic, else 1.</param>
/// <param name="RoundTrip">From sending the request to its headers.</param>
/// <param name="ReceivedAt">When the headers came.</param>
/// <param name="Limit">The refill the headers name, if they do.</param>
public readonly record struct ProviderReading(
    long Remaining,
    long Rounding,
    TimeSpan RoundTrip,
    DateTimeOffset ReceivedAt,
    Rate? Limit = null);
