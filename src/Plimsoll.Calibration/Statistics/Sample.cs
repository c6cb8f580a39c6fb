namespace Plimsoll.Calibration.Statistics;

/// <summary>Figures of a few measured values.</summary>
public static class Sample
{
    /// <summary>0 for none.</summary>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>By straight lines between neighbours; 0 for none.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : At(sorted, share);
    }

    /// <summary>The steady change per unit of x: the median of the slopes of all pairs, unmoved by a few wild points.</summary>
    /// <remarks>P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968. 0 for fewer than three points.</remarks>
    public static double Slope(IReadOnlyList<(double X, double Y)> points, out double agreement)
    {
        List<double> slopes = [];
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = i + 1; j < points.Count; j++)
            {
                double apart = points[j].X - points[i].X;
                if (apart > 0)
                {
                    slopes.Add((points[j].Y - points[i].Y) / apart);
                }
            }
        }

        agreement = slopes.Count == 0 ? 0 : slopes.Sum(static slope => Math.Sign(slope)) / (double)slopes.Count;
        return points.Count < 3 ? 0 : Median(slopes);
    }

    internal static double At(double[] sorted, double share)
    {
        double place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        int low = (int)place, high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((place - low) * (sorted[high] - sorted[low]));
    }
}
