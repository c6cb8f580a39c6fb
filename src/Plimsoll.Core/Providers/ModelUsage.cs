namespace Plimsoll.Core.Providers;

/// <summary>What an attempt has used of models so far.</summary>
/// <param name="Calls">Requests that were sent to a provider or answered from the cache.</param>
/// <param name="InputTokens">Without cache reads.</param>
/// <param name="CachedTokens">Read from the provider's cache.</param>
/// <param name="MicroDollars">Millionths of a US dollar by the configured prices.</param>
/// <param name="Refusals">429 answers of providers on its behalf; the attempt has not seen them.</param>
/// <param name="Queued">Time its requests waited for quota, added up.</param>
public readonly record struct ModelUsage(
    long Calls,
    long InputTokens,
    long CachedTokens,
    long OutputTokens,
    long MicroDollars,
    long Refusals,
    TimeSpan Queued)
{
    public static ModelUsage operator +(ModelUsage left, ModelUsage right) => new(
        left.Calls + right.Calls,
        left.InputTokens + right.InputTokens,
        left.CachedTokens + right.CachedTokens,
        left.OutputTokens + right.OutputTokens,
        left.MicroDollars + right.MicroDollars,
        left.Refusals + right.Refusals,
        left.Queued + right.Queued);

    public static ModelUsage operator -(ModelUsage left, ModelUsage right) => new(
        left.Calls - right.Calls,
        left.InputTokens - right.InputTokens,
        left.CachedTokens - right.CachedTokens,
        left.OutputTokens - right.OutputTokens,
        left.MicroDollars - right.MicroDollars,
        left.Refusals - right.Refusals,
        left.Queued - right.Queued);

    /// <summary>The difference; for languages without operators.</summary>
    public static ModelUsage Subtract(ModelUsage left, ModelUsage right) => left - right;

    /// <summary>The sum; for languages without operators.</summary>
    public static ModelUsage Add(ModelUsage left, ModelUsage right) => left + right;
}
