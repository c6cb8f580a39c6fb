using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Units;
using Xunit;

namespace Plimsoll.Tests.Core.Footprints;

public sealed class FootprintMeterTests
{
    [Fact]
    public void A_burst_is_told_apart_from_what_is_held_all_the_time()
    {
        // 100 s: 200 MiB reached after 2 s, 1,200 from 40 to 55 s.
        AttemptFootprint footprint = Measure(100, age => age < 2 ? 50 : age is >= 40 and < 55 ? 1_200 : 200);

        Assert.InRange(footprint.Settled.Value >> 20, 195, 205);
        Assert.Equal(1_200, footprint.Peak.Value >> 20);
        Assert.InRange(footprint.BurstShare, 0.14, 0.16);
        Assert.InRange(footprint.TimeToSettle.TotalSeconds, 1.9, 2.3);
        Assert.InRange(footprint.StartCpu.TotalSeconds, 0.9, 1.2);
        Assert.InRange(footprint.FastestRise.Value >> 20, 3_900, 4_100);
        Assert.Equal(100, footprint.Duration.TotalSeconds);
    }

    [Fact]
    public void A_steady_task_has_no_burst()
    {
        AttemptFootprint footprint = Measure(10, static _ => 300);
        Assert.Equal(300, footprint.Settled.Value >> 20);
        Assert.InRange(footprint.Burst.Value, 0, 1 << 20);
    }

    [Fact]
    public void The_curve_has_at_most_64_points_and_keeps_the_peak()
    {
        AttemptFootprint footprint = Measure(1_000, age => age is > 700 and < 700.6 ? 5_000 : 10 + age);
        Assert.InRange(footprint.Curve.Length, 32, 64);
        Assert.Equal(5_000, footprint.Curve.Max(point => point.Resident.Value) >> 20);
        Assert.Equal(footprint.Curve.Select(point => point.At).Order(), footprint.Curve.Select(point => point.At));
    }

    [Fact]
    public void Time_that_it_was_frozen_is_no_part_of_its_life()
    {
        AttemptFootprint footprint = Measure(100, age => age < 20 ? 100 : 1_000, age => age is > 20 and < 95);
        Assert.InRange(footprint.Duration.TotalSeconds, 24, 26.5);
        Assert.InRange(footprint.Settled.Value >> 20, 99, 101);
    }

    [Fact]
    public void Without_a_reading_there_is_no_footprint() => Assert.Null(new FootprintMeter().Finish(TimeSpan.FromSeconds(1)));

    [Fact]
    public void A_reading_allocates_nothing()
    {
        var meter = new FootprintMeter();
        meter.Add(Sample(1, 0), TimeSpan.Zero);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 10_000; i++)
        {
            meter.Add(Sample(i, i), TimeSpan.FromSeconds(i / 4.0));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static AttemptFootprint Measure(double seconds, Func<double, double> mebibytes, Func<double, bool>? frozen = null)
    {
        var meter = new FootprintMeter();
        for (double age = 0; age < seconds; age += 0.25)
        {
            meter.Add(Sample(mebibytes(age), age) with { Frozen = frozen?.Invoke(age) ?? false }, TimeSpan.FromSeconds(age));
        }

        return meter.Finish(TimeSpan.FromSeconds(seconds))!;
    }

    private static TaskSample Sample(double mebibytes, double age) =>
        new(default, Bytes.FromMebibytes(mebibytes), default, 0, TimeSpan.FromSeconds(age / 2), false);
}
