namespace Plimsoll.Client.Runs;

/// <summary>What was used of models through the gateway.</summary>
/// <param name="Calls">Requests sent to a provider or answered from the cache.</param>
/// <param name="InputTokens">Without those read from the provider's cache.</param>
/// <param name="Dollars">By the configured prices.</param>
/// <param name="Refusals">429 answers of providers; nobody but the gateway has seen them.</param>
/// <param name="QueuedSeconds">Time requests waited for quota, added up.</param>
public sealed record ModelUsageView(
    long Calls,
    long InputTokens,
    long CachedTokens,
    long OutputTokens,
    double Dollars,
    long Refusals,
    double QueuedSeconds);
