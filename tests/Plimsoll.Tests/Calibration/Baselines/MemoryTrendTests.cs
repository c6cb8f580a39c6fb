using Plimsoll.Calibration.Baselines;
using Plimsoll.Calibration.Trials;
using Xunit;

namespace Plimsoll.Tests.Calibration.Baselines;

public sealed class MemoryTrendTests
{
    private const double Mebibyte = 1 << 20;

    [Fact]
    public void A_steady_rise_is_a_leak_and_its_slope_is_told()
    {
        MemoryTrend trend = Trend(at => 100 + (at * 0.5));
        Assert.True(trend.IsLeak);
        Assert.Equal(1800 * Mebibyte, trend.BytesPerHour, 20 * Mebibyte);
    }

    [Fact]
    public void Ups_and_downs_are_no_leak() => Assert.False(Trend(at => 100 + (at % 2 * 40)).IsLeak);

    [Fact]
    public void One_spike_at_the_end_is_no_leak() => Assert.False(Trend(at => at == 99 ? 900 : 100).IsLeak);

    [Fact]
    public void Few_points_tell_nothing() => Assert.Equal(default, Trend(at => at, count: 4));

    private static MemoryTrend Trend(Func<int, double> mebibytes, int count = 100) => MemoryTrend.Of(new TrialResult(
        TrialOutcome.Succeeded, 0, 0, count, null, 1, 0, 1, 0, 0, 0, [.. Enumerable.Range(0, count).Select(at => new TrialPoint(at, (long)(mebibytes(at) * Mebibyte), 1))]));
}
