namespace Plimsoll.Core.Limits.Learning;

/// <summary>Learns how many bytes of a request body make one input token, per model.</summary>
/// <remarks>A ratio of sums with exponential forgetting, not a mean of ratios, which short requests would distort.</remarks>
public sealed class InputEstimator
{
    /// <summary>Bytes per token before anything was seen.</summary>
    public const double StartBytesPerToken = 4;

    private const double StartTokens = 1000;
    private const double Keep = 1 - (1.0 / 32);
    private const int MostModels = 1024;

    private readonly Dictionary<string, (double Bytes, double Tokens)> models = new(StringComparer.Ordinal);

    /// <summary>Bytes per token, 1..64.</summary>
    public double BytesPerToken(string model) =>
        models.TryGetValue(model, out (double Bytes, double Tokens) sums) ? Math.Clamp(sums.Bytes / sums.Tokens, 1, 64) : StartBytesPerToken;

    /// <summary>Input tokens that will count: bytes / ratio, less what is expected to be read from the provider's cache.</summary>
    public long Estimate(string model, long bodyBytes, long cachedTokens = 0) =>
        Math.Max(1, (long)Math.Ceiling(bodyBytes / BytesPerToken(model)) - cachedTokens);

    /// <summary>Learns from an answer.</summary>
    /// <param name="tokens">All input tokens, read from the cache or not.</param>
    public void Learn(string model, long bodyBytes, long tokens)
    {
        bool known = models.TryGetValue(model, out (double Bytes, double Tokens) sums);
        if (bodyBytes > 0 && tokens > 0 && (known || models.Count < MostModels))
        {
            sums = known ? sums : (StartBytesPerToken * StartTokens, StartTokens);
            models[model] = ((sums.Bytes * Keep) + bodyBytes, (sums.Tokens * Keep) + tokens);
        }
    }
}
