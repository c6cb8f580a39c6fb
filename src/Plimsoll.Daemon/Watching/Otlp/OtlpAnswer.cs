using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>What became of one request to a collector.</summary>
/// <param name="Taken">It was taken, but for <see cref="Rejected"/> items.</param>
/// <param name="Words">Why not, or what the collector remarks; null when there is nothing to say.</param>
/// <remarks>OTLP specification, "OTLP/HTTP response": 429, 502, 503 and 504 may be tried again, nothing else that was answered.</remarks>
internal readonly record struct OtlpAnswer(bool Taken, string? Words)
{
    private const int LongestWords = 200;

    /// <summary>Items of a taken request that the collector did not want.</summary>
    public long Rejected { get; init; }

    /// <summary>Trying again may help.</summary>
    public bool Again { get; init; }

    /// <summary>When to try again; null when the collector does not say.</summary>
    public TimeSpan? After { get; init; }

    public static OtlpAnswer Unanswered(string words) => new(Taken: false, words) { Again = true };

    public static OtlpAnswer Refused(HttpStatusCode status, RetryConditionHeaderValue? retry, DateTimeOffset now) => new(Taken: false, $"it answered {(int)status}")
    {
        Again = status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        After = retry?.Delta ?? (retry?.Date - now),
    };

    /// <param name="body">Says <c>partialSuccess</c> when not all was taken; whatever else it is, the request was taken.</param>
    public static OtlpAnswer Accepted(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("partialSuccess", out JsonElement partial) && partial.ValueKind == JsonValueKind.Object)
            {
                long rejected = partial.EnumerateObject().Where(static field => field.Name.StartsWith("rejected", StringComparison.Ordinal)).Sum(static field => Number(field.Value));
                string? words = partial.TryGetProperty("errorMessage", out JsonElement message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
                return new OtlpAnswer(Taken: true, string.IsNullOrWhiteSpace(words) ? null : words[..Math.Min(words.Length, LongestWords)]) { Rejected = rejected };
            }
        }
        catch (JsonException)
        {
            // An empty body, or one in Protobuf: nothing was said.
        }

        return new OtlpAnswer(Taken: true, null);
    }

    private static long Number(JsonElement value) =>
        long.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
