namespace Plimsoll.Watch.Anomalies;

/// <summary>A straight line through noisy points, and how sure it is.</summary>
/// <param name="Slope">Per unit of the abscissa.</param>
/// <param name="Least">Lower bound of the slope at the confidence asked for.</param>
/// <param name="Most">Upper bound.</param>
/// <param name="Level">Value of the line at the last point.</param>
/// <remarks>Theil-Sen: the median of the slopes of all pairs; up to 29 % of the points may be wild. Bounds by P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau" (1968).</remarks>
public readonly record struct Trend(double Slope, double Least, double Most, double Level)
{
    /// <summary>z of a two-sided 98 % interval: each bound errs in 1 of 100 cases.</summary>
    public const double Sure = 2.326;

    /// <summary>Whether the slope is above or below zero at the confidence asked for.</summary>
    public bool IsSignificant => Least > 0 || Most < 0;

    /// <summary>Fits a line; O(n^2 log n), for some hundred points. Points that are not numbers are left out.</summary>
    /// <returns>Null with fewer than 4 points at different abscissae.</returns>
    public static Trend? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double z = Sure)
    {
        var kept = new List<(double X, double Y)>(x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
            {
                kept.Add((x[i], y[i]));
            }
        }

        int n = kept.Count;
        var slopes = new List<double>(n * (n - 1) / 2);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                if (kept[j].X != kept[i].X)
                {
                    slopes.Add((kept[j].Y - kept[i].Y) / (kept[j].X - kept[i].X));
                }
            }
        }

        if (n < 4 || slopes.Count < 3)
        {
            return null;
        }

        double[] sorted = [.. slopes];
        Array.Sort(sorted);
        double slope = Robust.MedianOfSorted(sorted);
        double spread = z * Math.Sqrt(n * (n - 1.0) * ((2.0 * n) + 5) / 18);
        int low = (int)Math.Floor((sorted.Length - spread) / 2) - 1;
        int high = (int)Math.Ceiling((sorted.Length + spread) / 2);
        double[] offsets = [.. kept.Select(point => point.Y - (slope * point.X))];
        return new Trend(
            slope,
            low < 0 ? double.NegativeInfinity : sorted[low],
            high >= sorted.Length ? double.PositiveInfinity : sorted[high],
            Robust.Median(offsets) + (slope * kept[^1].X));
    }
}
