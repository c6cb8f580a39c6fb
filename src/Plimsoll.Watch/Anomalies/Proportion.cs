namespace Plimsoll.Watch.Anomalies;

/// <summary>What few trials say about a share.</summary>
public static class Proportion
{
    /// <summary>Lower bound of the true share with an error of 1 in 740 (z = 3), by Wilson's score interval (E. B. Wilson, 1927).</summary>
    public static double Lower(long hits, long trials, double z = 3)
    {
        if (trials <= 0 || hits <= 0)
        {
            return 0;
        }

        double n = trials;
        double share = Math.Min(1, hits / n);
        double square = z * z;
        double centre = share + (square / (2 * n));
        double spread = z * Math.Sqrt(((share * (1 - share)) + (square / (4 * n))) / n);
        return Math.Max(0, (centre - spread) / (1 + (square / n)));
    }
}
