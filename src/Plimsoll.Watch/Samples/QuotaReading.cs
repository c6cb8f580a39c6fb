namespace Plimsoll.Watch.Samples;

/// <summary>Level of one dimension of a provider account.</summary>
/// <param name="Dimension">As a word for people: <c>input tokens</c>.</param>
/// <param name="Used">Share that is used, 0..1.</param>
/// <param name="Queued">Requests that wait for quota.</param>
/// <param name="Wait">Expected wait of a request that comes now.</param>
/// <param name="Refusals">Counter: 429 answers of the provider.</param>
public sealed record QuotaReading(string Provider, string Dimension, double Used, int Queued, TimeSpan Wait, long Refusals);
