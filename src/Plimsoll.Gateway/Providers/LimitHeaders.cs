using System.Globalization;
using System.Net.Http.Headers;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Providers;

/// <summary>Reads the limits that answers carry in their headers.</summary>
/// <remarks>
/// Sources: Anthropic, "Rate limits" (what is left of tokens is rounded to thousands; the reset is that of the full refill, so what is left counts);
/// OpenAI, "Rate limits". Others use OpenAI's names for other periods: there the period follows from the time to the full refill.
/// </remarks>
internal static class LimitHeaders
{
    public const int Most = 4;
    private const long Thousand = 1000;

    private static readonly (string Limit, string Remaining, Dimension Dimension, long Rounding)[] OfAnthropic =
    [
        ("anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining", Dimension.Requests, 1),
        ("anthropic-ratelimit-input-tokens-limit", "anthropic-ratelimit-input-tokens-remaining", Dimension.InputTokens, Thousand),
        ("anthropic-ratelimit-output-tokens-limit", "anthropic-ratelimit-output-tokens-remaining", Dimension.OutputTokens, Thousand),
    ];

    private static readonly (string Limit, string Remaining, string Reset, Dimension Dimension)[] OfOpenAI =
    [
        ("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", Dimension.Requests),
        ("x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", Dimension.TotalTokens),
        ("x-ratelimit-limit-project-tokens", "x-ratelimit-remaining-project-tokens", "x-ratelimit-reset-project-tokens", Dimension.TotalTokens),
    ];

    /// <summary>Writes what is told into the readings and gives their number.</summary>
    public static int Read(HttpResponseHeaders headers, ProviderKind kind, Span<LimitReading> readings)
    {
        HttpHeadersNonValidated plain = headers.NonValidated;
        return kind == ProviderKind.Anthropic ? ReadAnthropic(plain, readings) : ReadOpenAI(plain, kind, readings);
    }

    private static int ReadAnthropic(HttpHeadersNonValidated headers, Span<LimitReading> readings)
    {
        int count = 0;
        foreach ((string limit, string remaining, Dimension dimension, long rounding) in OfAnthropic)
        {
            if (Number(headers, limit) is > 0 and { } most && Number(headers, remaining) is >= 0 and { } left)
            {
                readings[count++] = new(dimension, most, left, rounding);
            }
        }

        return count;
    }

    private static int ReadOpenAI(HttpHeadersNonValidated headers, ProviderKind kind, Span<LimitReading> readings)
    {
        int count = 0;
        foreach ((string limit, string remaining, string reset, Dimension dimension) in OfOpenAI)
        {
            if (Number(headers, limit) is not (> 0 and { } most) || Number(headers, remaining) is not (>= 0 and { } left))
            {
                continue;
            }

            TimeSpan? full = headers.TryGetValues(reset, out HeaderStringValues value) ? WaitText.Parse(value.ToString()) : null;
            if (!IsPerMinute(kind, most, left, full))
            {
                continue;
            }

            if (count > 0 && readings[count - 1].Dimension == dimension)
            {
                // The stricter one of organisation and project binds.
                readings[count - 1] = left < readings[count - 1].Remaining ? new(dimension, most, left, 1) : readings[count - 1];
                continue;
            }

            readings[count++] = new(dimension, most, left, 1);
        }

        return count;
    }

    /// <summary>Whether (limit - remaining) / reset is the limit per minute; where too little is used to tell, the provider's own kind decides.</summary>
    private static bool IsPerMinute(ProviderKind kind, long limit, long remaining, TimeSpan? full)
    {
        if (kind != ProviderKind.OpenAICompatible)
        {
            return true;
        }

        long used = limit - remaining;
        if (full is not { } wait || wait <= TimeSpan.Zero || used <= 0)
        {
            return false;
        }

        double period = wait.TotalSeconds * limit / used;
        return period is > 40 and < 90;
    }

    private static long? Number(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out HeaderStringValues value) && long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
