using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Gemini behind OpenAI's routes: no limit headers, no Retry-After, the wait stands in the body.</summary>
/// <remarks>
/// Sources: Google, "Rate limits" (requests and input tokens per minute, requests per day); error texts users published. Not published, chosen here:
/// a refused or failed request does not count; cached input counts.
/// </remarks>
internal sealed class GeminiDialect(ProviderOptions options) : IDialect
{
    private const string RetryInfo = "type.googleapis.com/google.rpc.RetryInfo";

    public bool CountsRefused => false;

    public IReadOnlyList<QuotaNeed> Needs(ProviderRequest request, long cachedTokens) =>
        [new(QuotaDimension.Requests, 1), new(QuotaDimension.DailyRequests, 1), new(QuotaDimension.InputTokens, PromptEstimate.Tokens(request, options))];

    public IReadOnlyList<QuotaNeed> OfFailed(IReadOnlyList<QuotaNeed> needs) => [];

    public IReadOnlyList<Charge> Later(IReadOnlyList<QuotaNeed> needs, TokenUsage usage, Production production) => [];

    public void AddHeaders(ICollection<KeyValuePair<string, string>> headers, string id, QuotaSet quotas, DateTimeOffset now)
    {
    }

    public ErrorAnswer? Invalid(ProviderRequest request, string id) => null;

    public ErrorAnswer RateLimited(QuotaRefusal refusal, ProviderRequest request, string id)
    {
        string metric = refusal.Dimension == QuotaDimension.InputTokens ? "generate_content_paid_tier_input_token_count" : "generate_requests_per_model";
        return Exhausted($"* Quota exceeded for metric: generativelanguage.googleapis.com/{metric}, limit: {refusal.Limit}", refusal.Wait);
    }

    public ErrorAnswer TooManyAtOnce(string id) => Exhausted("Too many requests at once.", null);

    public ErrorAnswer TooFast(TimeSpan wait, string id) => Exhausted("Resource has been exhausted (e.g. check quota).", wait);

    public ErrorAnswer Faulted(FaultKind fault, ProviderRequest request, string id) => fault switch
    {
        FaultKind.RateLimited => Exhausted("Resource has been exhausted (e.g. check quota).", options.Faults.RetryAfter),
        FaultKind.RateLimitedSilently or FaultKind.SpendLimit => Exhausted("You exceeded your current quota, please check your plan and billing details.", null),
        FaultKind.Overloaded => Error(503, "The model is overloaded. Please try again later.", "UNAVAILABLE", null),
        FaultKind.TimedOut => Error(504, "Deadline expired before operation could complete.", "DEADLINE_EXCEEDED", null),
        _ => Error(500, "An internal error has occurred.", "INTERNAL", null),
    };

    private static ErrorAnswer Exhausted(string message, TimeSpan? wait) => Error(429, message, "RESOURCE_EXHAUSTED", wait);

    private static ErrorAnswer Error(int status, string message, string word, TimeSpan? wait)
    {
        JsonArray details = [];
        if (wait is { } known)
            details.Add((JsonNode)new JsonObject { ["@type"] = RetryInfo, ["retryDelay"] = $"{Math.Ceiling(known.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s" });
        return new(status, new JsonArray(new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = word, ["details"] = details },
        }));
    }
}
