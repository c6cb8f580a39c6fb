namespace Plimsoll.Watch.Anomalies;

/// <summary>Statistics that a few wild values do not move.</summary>
public static class Robust
{
    /// <summary>Standard deviations per median absolute deviation, for normal noise.</summary>
    public const double MadScale = 1.4826;

    /// <summary>The middle value, the mean of the middle two when their number is even; NaN without values.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return MedianOfSorted(sorted);
    }

    /// <summary>Median distance from the median (F. R. Hampel, 1974); NaN without values.</summary>
    public static double Mad(ReadOnlySpan<double> values)
    {
        double middle = Median(values);
        double[] distances = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            distances[i] = Math.Abs(values[i] - middle);
        }

        return Median(distances);
    }

    internal static double MedianOfSorted(ReadOnlySpan<double> sorted)
    {
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
