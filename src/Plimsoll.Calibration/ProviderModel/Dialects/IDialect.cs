using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>What one kind of provider charges, and how it speaks about it.</summary>
internal interface IDialect
{
    /// <summary>Needed and, if admitted, taken at arrival.</summary>
    /// <param name="cachedTokens">Of the prompt, read from the cache.</param>
    IReadOnlyList<QuotaNeed> Needs(ProviderRequest request, long cachedTokens);

    /// <summary>What of <paramref name="needs"/> is taken when the request is admitted and then fails.</summary>
    IReadOnlyList<QuotaNeed> OfFailed(IReadOnlyList<QuotaNeed> needs);

    /// <summary>Whether a request that is refused still counts as one.</summary>
    bool CountsRefused { get; }

    /// <summary>Taken while the answer is produced.</summary>
    IReadOnlyList<Charge> Later(IReadOnlyList<QuotaNeed> needs, TokenUsage usage, Production production);

    /// <summary>Limits as they are now, and the identity of the request.</summary>
    void AddHeaders(ICollection<KeyValuePair<string, string>> headers, string id, QuotaSet quotas, DateTimeOffset now);

    /// <summary>What no retry can cure; null = nothing.</summary>
    ErrorAnswer? Invalid(ProviderRequest request, string id);

    ErrorAnswer RateLimited(QuotaRefusal refusal, ProviderRequest request, string id);

    /// <summary>As many requests are being answered as the account may have.</summary>
    ErrorAnswer TooManyAtOnce(string id);

    /// <summary>Traffic grows too fast.</summary>
    ErrorAnswer TooFast(TimeSpan wait, string id);

    /// <summary>Of the kinds of fault that refuse.</summary>
    ErrorAnswer Faulted(FaultKind fault, ProviderRequest request, string id);
}
