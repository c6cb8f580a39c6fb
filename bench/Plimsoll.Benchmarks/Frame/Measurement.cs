namespace Plimsoll.Benchmarks.Frame;

/// <summary>The rates of one contender over all rounds.</summary>
internal sealed record Measurement(string Name, IReadOnlyList<double> ItemsPerSecond)
{
    public double Median => MedianOf(ItemsPerSecond);

    /// <summary>Half the distance between the extremes, relative to the median.</summary>
    public double Spread => (ItemsPerSecond.Max() - ItemsPerSecond.Min()) / 2 / Median;

    /// <summary>The median of the ratios taken round by round, so that a slow moment of the machine meets both.</summary>
    public double RatioTo(Measurement other) => MedianOf([.. ItemsPerSecond.Zip(other.ItemsPerSecond, (mine, theirs) => mine / theirs)]);

    public static double MedianOf(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
