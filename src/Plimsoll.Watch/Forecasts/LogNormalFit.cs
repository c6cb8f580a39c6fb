namespace Plimsoll.Watch.Forecasts;

/// <summary>A log-normal distribution of durations.</summary>
/// <param name="Middle">Half of all last longer.</param>
/// <param name="Spread">Standard deviation of the logarithm.</param>
internal readonly record struct LogNormalFit(double Middle, double Spread)
{
    private const int Rounds = 200;
    private const double Least = 1e-6;

    // What spread is taken for before anything is seen, and for how many durations that counts: a few alike ones do not make it zero.
    private const double UsualSpread = 0.3;
    private const double UsualWeight = 3;

    /// <summary>Most likely distribution of durations of which some have only begun; null while none has ended.</summary>
    /// <remarks>Expectation-maximisation for censored normal data (A. P. Dempster, N. M. Laird and D. B. Rubin, 1977; J. Tobin, 1958). O(200 x n).</remarks>
    public static LogNormalFit? Of(IReadOnlyCollection<Lifetime> lifetimes)
    {
        double[] ended = [.. lifetimes.Where(static one => one.Ended).Select(static one => Math.Log(Math.Max(Least, one.Value)))];
        double[] running = [.. lifetimes.Where(static one => !one.Ended && one.Value > Least).Select(static one => Math.Log(one.Value))];
        if (ended.Length == 0)
        {
            return null;
        }

        int count = ended.Length + running.Length;
        double mean = ended.Average();
        double spread = UsualSpread;
        for (int round = 0; round < Rounds; round++)
        {
            (double first, double second) = (ended.Sum(), ended.Sum(static x => x * x));
            foreach (double bound in running)
            {
                double hazard = Hazard((bound - mean) / spread);
                first += mean + (spread * hazard);
                second += (mean * mean) + (spread * spread) + (spread * hazard * (mean + bound));
            }

            double before = mean;
            mean = first / count;
            double variance = Math.Max(0, second - (2 * mean * first) + (count * mean * mean));
            spread = Math.Sqrt((variance + (UsualWeight * UsualSpread * UsualSpread)) / (count + UsualWeight));
            if (Math.Abs(mean - before) < 1e-7)
            {
                break;
            }
        }

        return new LogNormalFit(Math.Exp(mean), spread);
    }

    /// <summary>Density over the probability to exceed, of the standard normal distribution (Abramowitz and Stegun, 26.2.17; beyond 5 by its asymptote).</summary>
    private static double Hazard(double z)
    {
        if (z > 5)
        {
            return z + (1 / z);
        }

        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = density * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return density / (z >= 0 ? tail : 1 - tail);
    }
}
