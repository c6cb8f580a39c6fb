using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>One modelled account at one provider.</summary>
public sealed record ProviderOptions
{
    public required ProviderKind Kind { get; init; }

    /// <summary>Of each model that <see cref="ModelLimits"/> does not name.</summary>
    public required QuotaLimits Limits { get; init; }

    public required QuotaShape Shape { get; init; }

    public IReadOnlyDictionary<string, QuotaLimits> ModelLimits { get; init; } = new Dictionary<string, QuotaLimits>();

    /// <summary>All randomness follows from it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>OpenAI and Azure only.</summary>
    public TokenCharging Charging { get; init; } = TokenCharging.Max;

    /// <summary>Of the provider's estimate, 1 to 100; the rule of thumb of both providers is 4.</summary>
    public double CharactersPerToken { get; init; } = 4;

    /// <summary>Null = traffic may grow at will.</summary>
    public AccelerationLimit? Acceleration { get; init; }

    /// <summary>OpenAI and Azure only.</summary>
    public HeaderStyle Headers { get; init; } = HeaderStyle.Own;

    /// <summary>Requests of one model that may be answered at the same time, 1 to 1,000,000; null = not limited.</summary>
    public int? ConcurrentRequests { get; init; }

    public FaultOptions Faults { get; init; } = new();

    /// <summary>Arrival to the beginning of the answer, seconds.</summary>
    public Spread FirstTokenSeconds { get; init; } = new(0.8, 0.4, 0.05, 60);

    /// <summary>Output of one answer, tokens per second.</summary>
    public Spread TokensPerSecond { get; init; } = new(60, 0.3, 5, 1_000);

    /// <summary>Output of an answer whose request does not say it, tokens; the median is that of coding agents.</summary>
    public Spread OutputTokens { get; init; } = new(350, 1, 1, 32_000);

    /// <summary>Arrival to the headers of a refusal; 0 to 60 s.</summary>
    public TimeSpan RefusalDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Output tokens in one event of a stream, and in one step of metering; 1 to 10,000.</summary>
    public int TokensPerEvent { get; init; } = 8;

    /// <summary>Life of a cached prefix since its last use.</summary>
    public TimeSpan CacheLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shorter prefixes are not cached.</summary>
    public long SmallestCachedTokens { get; init; } = 1_024;

    /// <summary>Buckets that refill continuously, one minute deep; output metered as produced.</summary>
    public static ProviderOptions Anthropic(QuotaLimits limits) => new()
    {
        Kind = ProviderKind.Anthropic,
        Limits = limits,
        Shape = new(TimeSpan.FromMinutes(1), Windowed: false, OversizePolicy.FullBucket),
    };

    /// <summary>Buckets one minute deep; all tokens charged at arrival.</summary>
    public static ProviderOptions OpenAI(QuotaLimits limits) => new()
    {
        Kind = ProviderKind.OpenAI,
        Limits = limits,
        Shape = new(TimeSpan.FromMinutes(1), Windowed: false, OversizePolicy.Refused),
    };

    /// <summary>Windows of 10 s; prompt and max_tokens together charged at arrival (Microsoft Learn, "Manage Azure OpenAI quota").</summary>
    public static ProviderOptions Azure(QuotaLimits limits) => new()
    {
        Kind = ProviderKind.Azure,
        Limits = limits,
        Shape = new(TimeSpan.FromSeconds(10), Windowed: true, OversizePolicy.FullBucket),
        Charging = TokenCharging.Sum,
    };

    /// <summary>Requests and input per minute, requests per day; says nothing in headers.</summary>
    public static ProviderOptions Gemini(QuotaLimits limits) => OpenAI(limits) with { Kind = ProviderKind.Gemini };

    /// <summary>Everything that is wrong with the options; empty = nothing.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems =
        [
            .. Limits.Problems(), .. ModelLimits.Values.SelectMany(limits => limits.Problems()), .. Shape.Problems(), .. Faults.Problems(),
            .. Acceleration?.Problems() ?? [], .. FirstTokenSeconds.Problems("seconds to the first token"),
            .. TokensPerSecond.Problems("tokens per second"), .. OutputTokens.Problems("output tokens"),
        ];
        if (TokensPerSecond.Smallest <= 0)
            problems.Add($"tokens per second: smallest {TokensPerSecond.Smallest}; it must be above 0");
        if (CharactersPerToken is not (>= 1 and <= 100))
            problems.Add($"characters per token: {CharactersPerToken}; it must be from 1 to 100");
        if (ConcurrentRequests is < 1 or > 1_000_000)
            problems.Add($"concurrent requests: {ConcurrentRequests}; it must be from 1 to 1000000, or absent");
        if (RefusalDelay < TimeSpan.Zero || RefusalDelay > TimeSpan.FromMinutes(1))
            problems.Add($"delay of a refusal: {RefusalDelay}; it must be from 0 to 60 s");
        if (TokensPerEvent is < 1 or > 10_000)
            problems.Add($"tokens per event: {TokensPerEvent}; it must be from 1 to 10000");
        if (CacheLife <= TimeSpan.Zero || SmallestCachedTokens < 1)
            problems.Add($"cache: life {CacheLife}, smallest prefix {SmallestCachedTokens}; both must be above 0");
        return problems;
    }
}
