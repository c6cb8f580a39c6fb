namespace Plimsoll.Core.Footprints;

/// <summary>A straight line from the size of the input to memory, with the spread of what was measured around it.</summary>
/// <remarks>
/// Least squares with weights 1/size^2, because errors grow with the input; what was measured is told as a multiple of the line, and quantiles of that
/// multiple are what is set aside. Sizing scientific tasks by the input so: C. Witt et al., "Feedback-based resource allocation for batch scheduling
/// of scientific workflows", HPCS 2019.
/// </remarks>
internal sealed class SizeTrend
{
    private const int Enough = 8;
    private const int LeastSizes = 3;

    /// <summary>The line has to save a tenth of what one number for all would set aside, or it is chance.</summary>
    private const double Saves = 0.9;

    private readonly double offset;
    private readonly double slope;
    private readonly double least;
    private readonly double settledRatio;
    private readonly double peakRatio;

    private SizeTrend(double offset, double slope, double least, (double Settled, double Peak) ratios)
    {
        this.offset = offset;
        this.slope = slope;
        this.least = least;
        (settledRatio, peakRatio) = ratios;
    }

    /// <summary>The line through the samples that told a size; null when there are too few of them, or it explains too little.</summary>
    /// <param name="flatPeak">What is set aside for every size without a line.</param>
    public static SizeTrend? Of(IReadOnlyList<FootprintSample> samples, double settledShare, double peakShare, long flatPeak)
    {
        FootprintSample[] sized = [.. samples.Where(static sample => sample.Size > 0 && sample.Peak.Value > 0)];
        if (sized.Length < Enough || sized.Select(static sample => sample.Size).Distinct().Count() < LeastSizes)
        {
            return null;
        }

        (double offset, double slope) = Fit(sized);
        if (!(slope > 0))
        {
            return null;
        }

        double least = sized.Min(static sample => sample.Peak.Value) / 2.0;
        var line = new SizeTrend(offset, slope, least, (1, 1));
        var trend = new SizeTrend(
            offset,
            slope,
            least,
            (line.Ratio(sized, static sample => sample.Settled.Value, settledShare), line.Ratio(sized, static sample => sample.Peak.Value, peakShare)));
        return sized.Average(sample => (double)trend.Peak(sample.Size)) < Saves * flatPeak ? trend : null;
    }

    public long Settled(double size) => Bounded(At(size) * Math.Min(settledRatio, peakRatio));

    public long Peak(double size) => Bounded(At(size) * peakRatio);

    private static long Bounded(double bytes) => (long)Math.Min(bytes, 1L << 60);

    private static (double Offset, double Slope) Fit(FootprintSample[] sized)
    {
        (double weights, double x, double y, double xx, double xy) = (0, 0, 0, 0, 0);
        foreach (FootprintSample sample in sized)
        {
            double weight = 1 / (sample.Size * sample.Size);
            weights += weight;
            x += weight * sample.Size;
            y += weight * sample.Peak.Value;
            xx += weight * sample.Size * sample.Size;
            xy += weight * sample.Size * sample.Peak.Value;
        }

        double determinant = (weights * xx) - (x * x);
        double slope = ((weights * xy) - (x * y)) / determinant;
        return ((y - (slope * x)) / weights, slope);
    }

    private double At(double size) => Math.Max(least, offset + (slope * size));

    /// <summary>The (n+1) x share-th smallest multiple of the line.</summary>
    private double Ratio(FootprintSample[] sized, Func<FootprintSample, long> value, double share)
    {
        double[] ratios = [.. sized.Select(sample => value(sample) / At(sample.Size)).Order()];
        int rank = (int)Math.Ceiling((ratios.Length + 1) * share);
        return ratios[Math.Clamp(rank, 1, ratios.Length) - 1];
    }
}
