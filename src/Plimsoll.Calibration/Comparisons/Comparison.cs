using Plimsoll.Calibration.Statistics;

namespace Plimsoll.Calibration.Comparisons;

/// <summary>Tells whether a second report is worse than a first.</summary>
public static class Comparison
{
    public const double Confidence = 0.95;
    private const int LeastValues = 3;

    /// <summary>Every measure that both have.</summary>
    /// <param name="threshold">Worse by this share is a regression, for example 0.05.</param>
    public static IReadOnlyList<ComparedMeasure> Of(IReadOnlyList<Measure> first, IReadOnlyList<Measure> second, double threshold) =>
    [
        .. from before in first
           join after in second on before.Name equals after.Name
           select Of(before, after, threshold),
    ];

    /// <summary>The worst of all; inconclusive without any.</summary>
    public static MeasureVerdict Verdict(IReadOnlyList<ComparedMeasure> compared) =>
        compared.Any(static measure => measure.Verdict == MeasureVerdict.Regression) ? MeasureVerdict.Regression
        : compared.Count == 0 || compared.Any(static measure => measure.Verdict == MeasureVerdict.Inconclusive) ? MeasureVerdict.Inconclusive
        : MeasureVerdict.Pass;

    private static ComparedMeasure Of(Measure before, Measure after, double threshold)
    {
        if (before.Values.Count == 0 || after.Values.Count == 0)
        {
            return new ComparedMeasure(before.Name, before.Unit, before.LowerIsBetter, 0, 0, 1, 1, 1, MeasureVerdict.Inconclusive);
        }

        (double ratio, double low, double high) = Bootstrap.RatioOfMedians(before.Values, after.Values, Confidence);
        double worst = 1 + threshold;
        bool isWorse = before.LowerIsBetter ? low > worst : high < 1 / worst;
        bool isFine = before.LowerIsBetter ? high <= worst : low >= 1 / worst;
        MeasureVerdict verdict = Math.Min(before.Values.Count, after.Values.Count) < LeastValues ? MeasureVerdict.Inconclusive
            : isWorse ? MeasureVerdict.Regression
            : isFine ? MeasureVerdict.Pass
            : MeasureVerdict.Inconclusive;
        return new ComparedMeasure(before.Name, before.Unit, before.LowerIsBetter, Sample.Median(before.Values), Sample.Median(after.Values), ratio, low, high, verdict);
    }
}
