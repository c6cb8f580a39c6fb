using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Anthropic: input estimated at arrival and corrected when the answer begins, output metered as produced, max_tokens without effect.</summary>
/// <remarks>
/// Sources: Anthropic, "Rate limits", "Errors", "Streaming messages". Not published, chosen here: an estimate leaves the cached part out; a request that
/// fails after admission counts as a request without tokens; a refused one does not count.
/// </remarks>
internal sealed class AnthropicDialect(ProviderOptions options) : IDialect
{
    private const long LargestBodyBytes = 32L << 20;
    private const string Prefix = "anthropic-ratelimit-";

    public bool CountsRefused => false;

    public IReadOnlyList<QuotaNeed> Needs(ProviderRequest request, long cachedTokens) =>
    [
        new(QuotaDimension.Requests, 1),
        new(QuotaDimension.DailyRequests, 1),
        new(QuotaDimension.InputTokens, Math.Max(0, PromptEstimate.Tokens(request, options) - cachedTokens)),
        new(QuotaDimension.OutputTokens, 0),
    ];

    public IReadOnlyList<QuotaNeed> OfFailed(IReadOnlyList<QuotaNeed> needs) =>
        [.. needs.Where(need => need.Dimension is QuotaDimension.Requests or QuotaDimension.DailyRequests)];

    public IReadOnlyList<Charge> Later(IReadOnlyList<QuotaNeed> needs, TokenUsage usage, Production production)
    {
        List<Charge> charges = new(production.Steps.Count + 1);
        long correction = usage.Input + usage.CacheWrite - needs.Single(need => need.Dimension == QuotaDimension.InputTokens).Amount;
        if (correction != 0)
            charges.Add(new(QuotaDimension.InputTokens, correction, production.Begins));
        charges.AddRange(production.Steps.Select(step => new Charge(QuotaDimension.OutputTokens, step.Tokens, step.At)));
        return charges;
    }

    public void AddHeaders(ICollection<KeyValuePair<string, string>> headers, string id, QuotaSet quotas, DateTimeOffset now)
    {
        headers.Add(new("request-id", $"req_{id}"));
        if (quotas.Read(QuotaDimension.Requests, now) is { } requests)
            Add(headers, "requests", requests, now);
        QuotaReading? input = Thousands(quotas.Read(QuotaDimension.InputTokens, now));
        QuotaReading? output = Thousands(quotas.Read(QuotaDimension.OutputTokens, now));
        if (input is { } read)
            Add(headers, "input-tokens", read, now);
        if (output is { } produced)
            Add(headers, "output-tokens", produced, now);

        // Seen: 480,000 where input has 400,000 and output 80,000.
        if ((input ?? output) is { } one)
        {
            QuotaReading other = (input is null ? null : output) ?? default;
            TimeSpan full = one.UntilFull > other.UntilFull ? one.UntilFull : other.UntilFull;
            Add(headers, "tokens", new(one.Limit + other.Limit, one.Remaining + other.Remaining, full), now);
        }
    }

    public ErrorAnswer? Invalid(ProviderRequest request, string id) => request.BodyBytes > LargestBodyBytes
        ? new(413, Body("request_too_large", "Request exceeds the maximum allowed number of bytes.", id))
        : null;

    public ErrorAnswer RateLimited(QuotaRefusal refusal, ProviderRequest request, string id)
    {
        string what = refusal.Dimension switch
        {
            QuotaDimension.Requests or QuotaDimension.DailyRequests => "requests",
            QuotaDimension.InputTokens => "input tokens",
            _ => "output tokens",
        };
        return Limited($"This request would exceed the rate limit for your organization of {refusal.Limit:N0} {what} per {(refusal.Dimension == QuotaDimension.DailyRequests ? "day" : "minute")}.", refusal.Wait, id);
    }

    public ErrorAnswer TooManyAtOnce(string id) =>
        Limited("Number of concurrent connections has exceeded your rate limit. Please try again later.", null, id);

    public ErrorAnswer TooFast(TimeSpan wait, string id) =>
        Limited("This request would exceed the acceleration limit of your organization: your usage has grown too quickly.", wait, id);

    public ErrorAnswer Faulted(FaultKind fault, ProviderRequest request, string id) => fault switch
    {
        FaultKind.RateLimited => Limited("This request would exceed the rate limit for your organization.", options.Faults.RetryAfter, id),
        FaultKind.RateLimitedSilently => Limited("This request would exceed the rate limit for your organization.", null, id),
        FaultKind.SpendLimit => SpendLimit(id),
        FaultKind.Overloaded => new(529, Body("overloaded_error", "Overloaded", id)),
        FaultKind.TimedOut => new(504, Body("timeout_error", "Request timed out", id)),
        _ => new(500, Body("api_error", "Internal server error", id)),
    };

    private static ErrorAnswer SpendLimit(string id)
    {
        JsonObject body = Body("rate_limit_error", "You have reached your specified API usage limits.", id);
        body["error"]!["details"] = new JsonObject { ["error_code"] = "enforced_spend_limit_reached" };
        return new(429, body);
    }

    private static ErrorAnswer Limited(string message, TimeSpan? wait, string id) =>
        new(429, Body("rate_limit_error", message, id), wait is { } known ? [RetryAfter.Seconds(known)] : []);

    private static JsonObject Body(string type, string message, string id) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = $"req_{id}",
    };

    // What is left is told in thousands.
    private static QuotaReading? Thousands(QuotaReading? reading) =>
        reading is { } exact ? exact with { Remaining = Math.Min(exact.Limit, (exact.Remaining + 500) / 1000 * 1000) } : null;

    private static void Add(ICollection<KeyValuePair<string, string>> headers, string name, QuotaReading reading, DateTimeOffset now)
    {
        headers.Add(new($"{Prefix}{name}-limit", reading.Limit.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new($"{Prefix}{name}-remaining", reading.Remaining.ToString(CultureInfo.InvariantCulture)));

        // RFC 3339 in whole seconds: the time of the full refill, cut off and not rounded, so it can lie before the Date of the answer.
        headers.Add(new($"{Prefix}{name}-reset", (now + reading.UntilFull).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }
}
