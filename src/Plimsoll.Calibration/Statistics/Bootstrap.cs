namespace Plimsoll.Calibration.Statistics;

/// <summary>Confidence intervals from the measured values themselves, drawn again with replacement.</summary>
/// <remarks>B. Efron, "Bootstrap methods: another look at the jackknife", 1979; percentile intervals. Deterministic.</remarks>
public static class Bootstrap
{
    private const int Resamples = 4000;
    private const int Seed = 1;

    /// <summary>The interval of the ratio of two medians, second to first.</summary>
    public static (double Ratio, double Low, double High) RatioOfMedians(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence)
    {
        double before = Sample.Median(first);
        double ratio = Ratio(Sample.Median(second), before);
        var random = new Random(Seed);
        double[] one = new double[first.Count], other = new double[second.Count], ratios = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            ratios[i] = Ratio(MedianOfDraw(second, other, random), MedianOfDraw(first, one, random));
        }

        Array.Sort(ratios);
        double tail = (1 - confidence) / 2;
        return (ratio, Sample.At(ratios, tail), Sample.At(ratios, 1 - tail));
    }

    private static double MedianOfDraw(IReadOnlyList<double> values, double[] draw, Random random)
    {
        for (int i = 0; i < draw.Length; i++)
        {
            draw[i] = values[random.Next(values.Count)];
        }

        Array.Sort(draw);
        return Sample.At(draw, 0.5);
    }

    private static double Ratio(double value, double of) => of != 0 ? value / of : value == 0 ? 1 : double.PositiveInfinity;
}
