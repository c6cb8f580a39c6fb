using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Core.Limits;

namespace Plimsoll.Gateway.Providers;

/// <summary>Understands a provider's 429 from its headers and its body.</summary>
/// <remarks>Sources: Anthropic, "Errors" and "Rate limits"; OpenAI, "Error codes"; Azure sends <c>retry-after-ms</c>; Gemini a <c>retryDelay</c> in the body.</remarks>
internal static class RefusalReader
{
    private const int MostRead = 8 << 10;

    private static readonly string[] Final =
    [
        "enforced_spend_limit_reached", "insufficient_quota", "credit_balance_exhausted", "_spend_limit_exceeded", "organization_usage_limit_exceeded",
        "billing_hard_limit_reached", "Request too large",
    ];

    public static ProviderRefusal Read(HttpResponseHeaders headers, ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostRead)]);
        bool isFinal = Final.Any(code => text.Contains(code, StringComparison.Ordinal));
        return new(isFinal, DimensionOf(text), WaitOf(headers) ?? WaitText.Find(text), text.Contains("slow_down", StringComparison.Ordinal));
    }

    /// <summary>The Retry-After of any answer.</summary>
    public static TimeSpan? WaitOf(HttpResponseHeaders headers)
    {
        HttpHeadersNonValidated plain = headers.NonValidated;
        if (plain.TryGetValues("retry-after-ms", out HeaderStringValues milliseconds)
            && double.TryParse(milliseconds.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double exact) && exact >= 0)
        {
            return TimeSpan.FromMilliseconds(Math.Min(exact, int.MaxValue));
        }

        return plain.TryGetValues("Retry-After", out HeaderStringValues after) ? WaitText.Parse(after.ToString()) : null;
    }

    private static Dimension? DimensionOf(string text)
    {
        if (text.Contains("input tokens", StringComparison.OrdinalIgnoreCase))
        {
            return Dimension.InputTokens;
        }

        if (text.Contains("output tokens per", StringComparison.OrdinalIgnoreCase))
        {
            return Dimension.OutputTokens;
        }

        if (text.Contains("(RPD)", StringComparison.Ordinal) || text.Contains("requests per day", StringComparison.OrdinalIgnoreCase))
        {
            return Dimension.DailyRequests;
        }

        if (text.Contains("(TPM)", StringComparison.Ordinal) || text.Contains("token rate limit", StringComparison.OrdinalIgnoreCase))
        {
            return Dimension.TotalTokens;
        }

        return text.Contains("requests per", StringComparison.OrdinalIgnoreCase) || text.Contains("call rate limit", StringComparison.OrdinalIgnoreCase)
            ? Dimension.Requests
            : null;
    }
}
