using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Azure OpenAI: charges as OpenAI does, speaks differently about it.</summary>
/// <remarks>Source: Microsoft Learn, "Manage Azure OpenAI quota"; error texts users published. Its resets are plain seconds.</remarks>
internal sealed class AzureDialect(ProviderOptions options) : IDialect
{
    private readonly OpenAIDialect openAI = new(options);
    private readonly HeaderStyle style = options.Headers == HeaderStyle.Own ? HeaderStyle.PlainSeconds : options.Headers;

    public bool CountsRefused => openAI.CountsRefused;

    public IReadOnlyList<QuotaNeed> Needs(ProviderRequest request, long cachedTokens) => openAI.Needs(request, cachedTokens);

    public IReadOnlyList<QuotaNeed> OfFailed(IReadOnlyList<QuotaNeed> needs) => openAI.OfFailed(needs);

    public IReadOnlyList<Charge> Later(IReadOnlyList<QuotaNeed> needs, TokenUsage usage, Production production) => openAI.Later(needs, usage, production);

    public void AddHeaders(ICollection<KeyValuePair<string, string>> headers, string id, QuotaSet quotas, DateTimeOffset now)
    {
        headers.Add(new("apim-request-id", id));
        headers.Add(new("x-request-id", $"req_{id}"));
        LimitHeaders.Add(headers, style, quotas, now);
    }

    public ErrorAnswer? Invalid(ProviderRequest request, string id) => openAI.Invalid(request, id);

    public ErrorAnswer RateLimited(QuotaRefusal refusal, ProviderRequest request, string id) =>
        Limited(refusal.Dimension is QuotaDimension.Requests or QuotaDimension.DailyRequests ? "call rate limit" : "token rate limit", refusal.Wait);

    public ErrorAnswer TooManyAtOnce(string id) => Limited("call rate limit", null);

    public ErrorAnswer TooFast(TimeSpan wait, string id) => Limited("call rate limit", wait);

    public ErrorAnswer Faulted(FaultKind fault, ProviderRequest request, string id) => fault switch
    {
        FaultKind.RateLimited => Limited("call rate limit", options.Faults.RetryAfter),
        FaultKind.RateLimitedSilently => Limited("call rate limit", null),
        _ => openAI.Faulted(fault, request, id),
    };

    private static ErrorAnswer Limited(string what, TimeSpan? wait)
    {
        string message = $"Requests to this operation have exceeded the {what} of your current OpenAI S0 pricing tier.";
        if (wait is not { } known)
            return new(429, OpenAIErrors.Body(message, "rate_limit", "429"));
        message += $" Please retry after {RetryAfter.WholeSeconds(known)} seconds.";
        return new(429, OpenAIErrors.Body(message, "rate_limit", "429"), RetryAfter.Seconds(known), RetryAfter.Milliseconds(known));
    }
}
