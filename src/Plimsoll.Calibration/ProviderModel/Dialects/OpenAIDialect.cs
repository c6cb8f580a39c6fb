using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>OpenAI: everything is charged at arrival and nothing is given back; refused and failed requests count.</summary>
/// <remarks>
/// Sources: OpenAI, "Rate limits", "Error codes", and error texts users published. Not published, chosen here: a refused request counts as a request
/// as far as one is left, and takes no tokens. One project per account is modelled.
/// </remarks>
internal sealed class OpenAIDialect(ProviderOptions options) : IDialect
{
    private const int LargestItems = 2_048;
    private const long LargestEmbeddingTokens = 300_000;

    public bool CountsRefused => true;

    public IReadOnlyList<QuotaNeed> Needs(ProviderRequest request, long cachedTokens)
    {
        long estimate = PromptEstimate.Tokens(request, options);
        long asked = request.Form == ApiForm.Embeddings ? 0 : request.MaxTokens ?? 0;
        long tokens = options.Charging == TokenCharging.Sum ? asked + estimate : Math.Max(asked, estimate);
        return [new(QuotaDimension.Requests, 1), new(QuotaDimension.DailyRequests, 1), new(QuotaDimension.Tokens, tokens), new(QuotaDimension.ProjectTokens, tokens)];
    }

    public IReadOnlyList<QuotaNeed> OfFailed(IReadOnlyList<QuotaNeed> needs) => needs;

    public IReadOnlyList<Charge> Later(IReadOnlyList<QuotaNeed> needs, TokenUsage usage, Production production) => [];

    public void AddHeaders(ICollection<KeyValuePair<string, string>> headers, string id, QuotaSet quotas, DateTimeOffset now)
    {
        headers.Add(new("x-request-id", $"req_{id}"));
        LimitHeaders.Add(headers, options.Headers, quotas, now);
    }

    public ErrorAnswer? Invalid(ProviderRequest request, string id)
    {
        if (request.Form != ApiForm.Embeddings)
            return null;
        if (request.Items > LargestItems)
            return Wrong($"'input' has {request.Items} items; at most {LargestItems} are allowed.");
        return request.InputTokens > LargestEmbeddingTokens
            ? Wrong($"Requested {request.InputTokens} tokens, max {LargestEmbeddingTokens} tokens per request.")
            : null;
    }

    public ErrorAnswer RateLimited(QuotaRefusal refusal, ProviderRequest request, string id)
    {
        (string what, string type) = refusal.Dimension switch
        {
            QuotaDimension.Requests => ("requests per min (RPM)", "requests"),
            QuotaDimension.DailyRequests => ("requests per day (RPD)", "requests"),
            _ => ("tokens per min (TPM)", "tokens"),
        };
        string where = $"for {request.Model} in organization org-model on {what}: Limit {refusal.Limit}";
        string message = refusal.Wait is { } wait
            ? $"Rate limit reached {where}, Used {refusal.Used}, Requested {refusal.Requested}. Please try again in {GoDuration.Text(wait)}."
            : $"Request too large {where}, Requested {refusal.Requested}. The input or output tokens must be reduced in order to run successfully.";
        return Limited(message, type, refusal.Wait);
    }

    public ErrorAnswer TooManyAtOnce(string id) => Limited("Too many concurrent requests for your organization.", "requests", null);

    public ErrorAnswer TooFast(TimeSpan wait, string id) => new(
        429,
        OpenAIErrors.Body("Slow down: your traffic grows too quickly. Reduce it and raise it gradually.", "slow_down", "slow_down"),
        RetryAfter.Seconds(wait),
        RetryAfter.Milliseconds(wait));

    public ErrorAnswer Faulted(FaultKind fault, ProviderRequest request, string id) => fault switch
    {
        FaultKind.RateLimited => Limited(
            $"Rate limit reached for {request.Model} in organization org-model. Please try again in {GoDuration.Text(options.Faults.RetryAfter)}.",
            "requests",
            options.Faults.RetryAfter),
        FaultKind.RateLimitedSilently => Limited($"Rate limit reached for {request.Model} in organization org-model.", "requests", null),
        FaultKind.SpendLimit => new(429, OpenAIErrors.Body("You exceeded your current quota.", "insufficient_quota", options.Faults.SpendLimitCode)),
        FaultKind.Overloaded => new(503, OpenAIErrors.Body("The server is overloaded, please try again later.", "server_error", "server_is_overloaded")),
        FaultKind.TimedOut => new(504, OpenAIErrors.Body("The request timed out.", "server_error", null)),
        _ => new(500, OpenAIErrors.Body(OpenAIErrors.Broken, "server_error", null)),
    };

    private static ErrorAnswer Limited(string message, string type, TimeSpan? wait)
    {
        JsonObject body = OpenAIErrors.Body(message, type, "rate_limit_exceeded");
        return wait is { } known ? new(429, body, RetryAfter.Seconds(known), RetryAfter.Milliseconds(known)) : new(429, body);
    }

    private static ErrorAnswer Wrong(string message) => new(400, OpenAIErrors.Body(message, "invalid_request_error", null));
}
