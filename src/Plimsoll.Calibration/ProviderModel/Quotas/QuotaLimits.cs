namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Limits of one model class or deployment, per minute or day, each from 1 to 1,000,000,000; null = not limited.</summary>
public sealed record QuotaLimits(
    long? RequestsPerMinute = null,
    long? InputTokensPerMinute = null,
    long? OutputTokensPerMinute = null,
    long? TokensPerMinute = null,
    long? ProjectTokensPerMinute = null,
    long? RequestsPerDay = null)
{
    private const long Largest = 1_000_000_000;

    /// <summary>Typical limits of Anthropic accounts, from the smallest.</summary>
    public static IReadOnlyList<QuotaLimits> Anthropic { get; } =
    [
        new(RequestsPerMinute: 1_000, InputTokensPerMinute: 2_000_000, OutputTokensPerMinute: 400_000),
        new(RequestsPerMinute: 5_000, InputTokensPerMinute: 5_000_000, OutputTokensPerMinute: 1_000_000),
        new(RequestsPerMinute: 10_000, InputTokensPerMinute: 10_000_000, OutputTokensPerMinute: 2_000_000),
    ];

    public long? this[QuotaDimension dimension] => dimension switch
    {
        QuotaDimension.Requests => RequestsPerMinute,
        QuotaDimension.InputTokens => InputTokensPerMinute,
        QuotaDimension.OutputTokens => OutputTokensPerMinute,
        QuotaDimension.Tokens => TokensPerMinute,
        QuotaDimension.ProjectTokens => ProjectTokensPerMinute,
        _ => RequestsPerDay,
    };

    /// <summary>What is wrong with the numbers; empty = nothing.</summary>
    public IEnumerable<string> Problems() =>
        from dimension in Enum.GetValues<QuotaDimension>()
        where this[dimension] is < 1 or > Largest
        select $"limit of {dimension}: {this[dimension]}; it must be from 1 to {Largest}, or absent";
}
