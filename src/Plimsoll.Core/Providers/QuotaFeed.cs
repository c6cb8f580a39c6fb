namespace Plimsoll.Core.Providers;

/// <summary>A sample of how many agents one provider account can feed; the kernel admits no more of those that use it.</summary>
/// <param name="Provider">Name under <c>providers:</c>.</param>
/// <param name="Feeds">Agents that the quota can feed at the use seen; null: no bound is known.</param>
/// <param name="QueueSeconds">Expected wait for quota of a request that comes now.</param>
/// <param name="Used">Share of the binding dimension that is used, 0..1.</param>
/// <param name="Binding">The dimension that binds, as a word for people: <c>input tokens</c>.</param>
public sealed record QuotaFeed(string Provider, int? Feeds, double QueueSeconds, double Used, string Binding);
