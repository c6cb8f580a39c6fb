namespace Plimsoll.Core.Limits.Learning;

/// <summary>The output expected of a request.</summary>
/// <param name="MeanTokens">Mean length in tokens.</param>
/// <param name="DeviationTokens">Standard deviation of the length in tokens.</param>
/// <param name="TokensPerSecond">Mean speed over the whole life of the request, the wait for the first token included.</param>
public readonly record struct OutputEstimate(double MeanTokens, double DeviationTokens, double TokensPerSecond)
{
    /// <summary>What is assumed before anything was seen.</summary>
    public static OutputEstimate Prior { get; } = new(400, 400, 50);

    /// <summary>Mean and variance of what comes within a time after so many tokens were produced.</summary>
    /// <remarks>
    /// The length still to come is max(mean - produced, deviation): exact for fixed lengths (deviation 0) and for exponential ones (deviation = mean).
    /// The variance is at most m (most - m), as of any value in 0..most (R. Bhatia, C. Davis, American Mathematical Monthly 107(4), 2000).
    /// </remarks>
    internal (double Mean, double Variance) Within(TimeSpan time, double producedTokens)
    {
        double most = TokensPerSecond * time.TotalSeconds;
        double left = Math.Max(MeanTokens - producedTokens, DeviationTokens);
        double mean = Math.Min(left, most);
        return (mean, Math.Min(DeviationTokens * DeviationTokens, mean * (most - mean)));
    }
}
