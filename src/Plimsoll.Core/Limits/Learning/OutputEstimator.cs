namespace Plimsoll.Core.Limits.Learning;

/// <summary>Learns length and speed of answers per class; a class without its own gets what all classes together have shown.</summary>
/// <remarks>Means with exponential forgetting over the last 32 answers; the first ones weigh equally (D. Knuth, TAOCP 2, 4.2.2, for the variance).</remarks>
public sealed class OutputEstimator
{
    private const int Memory = 32;
    private const int MostClasses = 4096;

    private readonly Dictionary<string, Moments> classes = new(StringComparer.Ordinal);
    private readonly Moments pooled = new();

    /// <summary>The estimate for a class (a model and a kind of caller, as the gateway names it).</summary>
    public OutputEstimate For(string outputClass) =>
        classes.TryGetValue(outputClass, out Moments? own) ? own.Estimate : pooled.Count > 0 ? pooled.Estimate : OutputEstimate.Prior;

    /// <summary>Learns from a finished answer.</summary>
    /// <param name="tokens">Tokens the provider counted.</param>
    /// <param name="duration">From sending the request to the end of the answer.</param>
    public void Learn(string outputClass, long tokens, TimeSpan duration)
    {
        pooled.Add(tokens, duration.TotalSeconds);
        if (!classes.TryGetValue(outputClass, out Moments? own) && classes.Count < MostClasses)
        {
            classes.Add(outputClass, own = new Moments());
        }

        own?.Add(tokens, duration.TotalSeconds);
    }

    private sealed class Moments
    {
        private double mean;
        private double variance;
        private double seconds;

        public int Count { get; private set; }

        /// <summary>One answer says nothing of the spread: until there are two, it is taken to be as large as the mean.</summary>
        public OutputEstimate Estimate => new(mean, Count > 1 ? Math.Sqrt(variance) : mean, Math.Max(1, mean / Math.Max(0.001, seconds)));

        public void Add(double tokens, double duration)
        {
            Count = Math.Min(Memory, Count + 1);
            double weight = 1.0 / Count;
            double step = tokens - mean;
            mean += weight * step;
            variance = (1 - weight) * (variance + (weight * step * step));
            seconds += weight * (duration - seconds);
        }
    }
}
