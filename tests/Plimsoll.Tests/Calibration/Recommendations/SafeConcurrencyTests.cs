using Plimsoll.Calibration.Recommendations;
using Xunit;

namespace Plimsoll.Tests.Calibration.Recommendations;

public sealed class SafeConcurrencyTests
{
    private const long Gibibyte = 1L << 30;

    [Theory]
    [InlineData(16, 2, 2, 7)]
    [InlineData(16, 2, 3, 4)]
    [InlineData(2, 1, 4, 1)]
    public void The_formula_is_rounded_down_and_never_below_one(int total, int reserve, int perTask, int expected) =>
        Assert.Equal(expected, SafeConcurrency.ByFormula(total * Gibibyte, reserve * Gibibyte, perTask * Gibibyte));

    [Fact]
    public void The_load_line_carries_about_what_the_formula_says_of_steady_jobs()
    {
        var steady = new JobNeeds(Gibibyte, Gibibyte, 0, (long)(Gibibyte / 1.1), 60, 0.1);
        HostRow row = SafeConcurrency.Of(steady, 16 * Gibibyte, 2 * Gibibyte, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(14, row.ByFormula);
        Assert.InRange(row.ByLoadLine, 12, 14);
    }

    [Fact]
    public void Short_bursts_are_shared_by_the_load_line_and_not_by_the_formula()
    {
        var bursting = new JobNeeds(2 * Gibibyte, Gibibyte / 2, 0.05, 2 * Gibibyte, 60, 0.1);
        HostRow row = SafeConcurrency.Of(bursting, 32 * Gibibyte, 2 * Gibibyte, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(row.ByLoadLine > 1.5 * row.ByFormula, $"{row.ByLoadLine} by the load line, {row.ByFormula} by the formula");
    }
}
