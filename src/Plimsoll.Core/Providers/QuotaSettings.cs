using Plimsoll.Core.Limits;

namespace Plimsoll.Core.Providers;

/// <summary>The limits of an account for the models a pattern names; a dimension that is null is learned from headers, or not limited.</summary>
/// <param name="Models">Model name with <c>*</c> for any text; the longest pattern that matches counts.</param>
/// <param name="Requests">rpm.</param>
/// <param name="InputTokens">itpm; cache reads do not count.</param>
/// <param name="OutputTokens">otpm.</param>
/// <param name="TotalTokens">tpm.</param>
/// <param name="DailyRequests">rpd.</param>
/// <param name="Concurrency">Requests in flight; null: not limited, or found by additive increase where the provider tells nothing.</param>
/// <param name="MicroDollars">usd, in millionths per period.</param>
public sealed record QuotaSettings(
    string Models,
    Rate? Requests = null,
    Rate? InputTokens = null,
    Rate? OutputTokens = null,
    Rate? TotalTokens = null,
    Rate? DailyRequests = null,
    int? Concurrency = null,
    Rate? MicroDollars = null);
