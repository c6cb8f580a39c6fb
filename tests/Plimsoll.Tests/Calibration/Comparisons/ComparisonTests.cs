using Plimsoll.Calibration.Comparisons;
using Xunit;

namespace Plimsoll.Tests.Calibration.Comparisons;

public sealed class ComparisonTests
{
    private static readonly double[] Steady = [10.0, 10.1, 9.9, 10.05, 9.95, 10.02];

    [Fact]
    public void The_same_values_pass() => Assert.Equal(MeasureVerdict.Pass, Verdict(Steady, Steady));

    [Fact]
    public void A_tenth_more_time_is_a_regression() => Assert.Equal(MeasureVerdict.Regression, Verdict(Steady, Scaled(1.1)));

    [Fact]
    public void A_tenth_less_time_passes() => Assert.Equal(MeasureVerdict.Pass, Verdict(Steady, Scaled(0.9)));

    [Fact]
    public void A_tenth_less_throughput_is_a_regression() => Assert.Equal(MeasureVerdict.Regression, Verdict(Steady, Scaled(0.9), lowerIsBetter: false));

    [Fact]
    public void Values_that_spread_widely_are_inconclusive() =>
        Assert.Equal(MeasureVerdict.Inconclusive, Verdict([5, 10, 20, 8, 14], [6, 11, 19, 9, 13]));

    [Fact]
    public void Two_values_tell_nothing() => Assert.Equal(MeasureVerdict.Inconclusive, Verdict([10, 10], [10, 10]));

    [Fact]
    public void One_regression_decides_over_everything()
    {
        Measure[] before = [new("a", "s", true, Steady), new("b", "s", true, Steady), new("only before", "s", true, Steady)];
        Measure[] after = [new("b", "s", true, Scaled(1.2)), new("a", "s", true, Steady)];
        IReadOnlyList<ComparedMeasure> compared = Comparison.Of(before, after, 0.05);
        Assert.Equal(["a", "b"], compared.Select(one => one.Name));
        Assert.Equal(MeasureVerdict.Regression, Comparison.Verdict(compared));
        Assert.Equal(MeasureVerdict.Inconclusive, Comparison.Verdict([]));
    }

    private static double[] Scaled(double factor) => [.. Steady.Select(value => value * factor)];

    private static MeasureVerdict Verdict(double[] before, double[] after, bool lowerIsBetter = true) =>
        Comparison.Of([new("m", "s", lowerIsBetter, before)], [new("m", "s", lowerIsBetter, after)], 0.05)[0].Verdict;
}
