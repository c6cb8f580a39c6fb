namespace Plimsoll.Daemon.Watching;

/// <summary>Durations in buckets that grow by a fifth: quantiles within 10 %, in 72 counters.</summary>
/// <remarks>The owner guards it.</remarks>
internal sealed class DurationHistogram
{
    private const double FirstSeconds = 0.001;
    private const double Growth = 1.2;

    // 1 ms to 5 days.
    private const int Buckets = 110;

    private static readonly double PerBucket = Math.Log(Growth);

    private readonly long[] counts = new long[Buckets];

    public long Count { get; private set; }

    public double SumSeconds { get; private set; }

    public double MeanSeconds => Count == 0 ? 0 : SumSeconds / Count;

    public void Add(TimeSpan duration)
    {
        double seconds = Math.Max(0, duration.TotalSeconds);
        counts[BucketOf(seconds)]++;
        Count++;
        SumSeconds += seconds;
    }

    /// <summary>Seconds that this share of the durations stays below; 0 while there are none.</summary>
    public double Quantile(double share)
    {
        double rank = share * Count;
        long below = 0;
        for (int i = 0; i < Buckets; i++)
        {
            if (below + counts[i] >= rank && counts[i] > 0)
            {
                double within = (rank - below) / counts[i];
                double low = i == 0 ? 0 : UpperSeconds(i - 1);
                return low + ((UpperSeconds(i) - low) * within);
            }

            below += counts[i];
        }

        return 0;
    }

    /// <summary>How many durations were at most so long, rounded to a bucket.</summary>
    public long AtMost(double seconds)
    {
        long sum = 0;
        for (int i = 0; i < Buckets && UpperSeconds(i) <= seconds * 1.0001; i++)
        {
            sum += counts[i];
        }

        return sum;
    }

    public DurationHistogram Copy()
    {
        var copy = new DurationHistogram { Count = Count, SumSeconds = SumSeconds };
        counts.CopyTo(copy.counts, 0);
        return copy;
    }

    private static double UpperSeconds(int bucket) => FirstSeconds * Math.Pow(Growth, bucket);

    private static int BucketOf(double seconds) =>
        seconds <= FirstSeconds ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(seconds / FirstSeconds) / PerBucket));
}
