using Plimsoll.Calibration.Torture.Observing;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class LivelockMeterTests
{
    [Fact]
    public void A_second_counts_from_half_a_second_of_full_stall()
    {
        LivelockMeter meter = new();
        meter.Add(0, 1_000_000);
        meter.Add(1, 1_499_000);
        meter.Add(2, 1_999_000);
        Assert.Equal(1, meter.LivelockSeconds);
        Assert.Equal(0.4995, meter.StalledTime, 6);
    }

    [Fact]
    public void The_longest_row_is_kept_and_a_good_second_ends_a_row()
    {
        LivelockMeter meter = new();
        long[] totals = [0, 600_000, 1_300_000, 1_400_000, 2_300_000];
        for (int second = 0; second < totals.Length; second++)
            meter.Add(second, totals[second]);

        Assert.Equal(3, meter.LivelockSeconds);
        Assert.Equal(2, meter.LongestStretch);
    }

    [Fact]
    public void Looks_within_a_second_are_one_second()
    {
        LivelockMeter meter = new();
        for (int tick = 0; tick <= 20; tick++)
            meter.Add(tick / 10.0, tick <= 10 ? tick * 60_000 : 600_000);

        Assert.Equal(1, meter.LivelockSeconds);
    }

    [Fact]
    public void A_look_that_came_late_counts_for_every_second_it_covers()
    {
        LivelockMeter meter = new();
        meter.Add(0, 0);
        meter.Add(4, 3_600_000);
        Assert.Equal(4, meter.LivelockSeconds);
        Assert.Equal(4, meter.LongestStretch);
    }
}
