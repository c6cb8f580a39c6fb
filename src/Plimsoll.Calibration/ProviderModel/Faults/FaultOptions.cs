namespace Plimsoll.Calibration.ProviderModel.Faults;

/// <summary>Which faults come, and how often.</summary>
public sealed record FaultOptions
{
    /// <summary>What the first requests meet, in order of arrival; after its end <see cref="Shares"/> decide.</summary>
    public IReadOnlyList<FaultKind> Script { get; init; } = [];

    /// <summary>Share of requests per kind, each 0 to 1, together at most 1.</summary>
    public IReadOnlyDictionary<FaultKind, double> Shares { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>What an injected <see cref="FaultKind.RateLimited"/> says; 0 to 1 h.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>OpenAI and Azure: the code of <see cref="FaultKind.SpendLimit"/>.</summary>
    /// <remarks>Others: <c>credit_balance_exhausted</c>, <c>project_spend_limit_exceeded</c>, <c>organization_usage_limit_exceeded</c>.</remarks>
    public string SpendLimitCode { get; init; } = "insufficient_quota";

    /// <summary>Time between two bytes of <see cref="FaultKind.SlowLoris"/>; above 0.</summary>
    public TimeSpan ByteInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What is wrong with the numbers; empty = nothing.</summary>
    public IEnumerable<string> Problems()
    {
        foreach ((FaultKind kind, double share) in Shares)
        {
            if (share is not (>= 0 and <= 1))
                yield return $"share of {kind}: {share}; it must be from 0 to 1";
        }

        if (Shares.Values.Sum() > 1 + 1e-9)
            yield return $"shares of faults: {Shares.Values.Sum()} in all; at most 1";
        if (RetryAfter < TimeSpan.Zero || RetryAfter > TimeSpan.FromHours(1))
            yield return $"retry after: {RetryAfter}; it must be from 0 to 1 h";
        if (ByteInterval <= TimeSpan.Zero)
            yield return $"byte interval: {ByteInterval}; it must be above 0";
    }
}
