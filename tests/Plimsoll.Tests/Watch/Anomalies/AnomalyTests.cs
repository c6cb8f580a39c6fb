using Plimsoll.Core.Units;
using Plimsoll.Tests.Support;
using Plimsoll.Watch.Anomalies;
using Xunit;

namespace Plimsoll.Tests.Watch.Anomalies;

/// <summary>Trends, oddities, changes of level, leaks and comparisons, with the error rates that are stated.</summary>
public sealed class AnomalyTests
{
    [Fact]
    public void A_trend_is_found_through_noise_and_wild_values()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        double[] y = [.. x.Select(at => 100 + (0.5 * at) + Normal(random) + (at % 7 == 0 ? 500 : 0))];
        Trend trend = Trend.Of(x, y)!.Value;
        Assert.InRange(trend.Slope, 0.4, 0.6);
        Assert.True(trend.Least > 0.3 && trend.Most < 0.7, trend.ToString());
        Assert.Null(Trend.Of([1, 2, 3], [1, 2, 3]));
        Assert.Null(Trend.Of([1, 1, 1, 1], [1, 2, 3, 4]));
    }

    [Fact]
    public void Noise_without_a_trend_is_called_one_in_50_times_at_most()
    {
        var random = new Random(2);
        int wrong = 0;
        int tries = TestLevel.Count(1000, 3000, 10_000);
        double[] x = [.. Enumerable.Range(0, 30).Select(i => (double)i)];
        for (int i = 0; i < tries; i++)
        {
            wrong += Trend.Of(x, [.. x.Select(_ => Normal(random))])!.Value.IsSignificant ? 1 : 0;
        }

        TestContext.Current.SendDiagnosticMessage($"{wrong} of {tries}");
        Assert.InRange(wrong / (double)tries, 0.002, 0.03);
    }

    [Fact]
    public void The_median_detector_keeps_its_false_alarm_rate_and_finds_a_jump()
    {
        var random = new Random(3);
        var detector = new MedianDetector(64, 0.001);
        int alarms = 0;
        int readings = TestLevel.Count(50_000, 200_000, 1_000_000);
        for (int i = 0; i < readings; i++)
        {
            alarms += detector.Read(50 + (3 * Normal(random))) is null ? 0 : 1;
        }

        TestContext.Current.SendDiagnosticMessage($"{alarms} of {readings}");
        Assert.True(alarms <= readings / 500, $"{alarms} of {readings}");
        Assert.True(detector.Read(80) > 5);
        Assert.Null(detector.Read(double.NaN));
    }

    [Fact]
    public void A_change_of_level_is_found_where_it_is_and_noise_has_none()
    {
        var random = new Random(4);
        double[] values = [.. Enumerable.Range(0, 90).Select(i => (i < 30 ? 10 : i < 60 ? 14 : 11) + Normal(random))];
        IReadOnlyList<ChangePoint> found = ChangePoint.Find(values);
        Assert.Equal(2, found.Count);
        Assert.InRange(found[0].Index, 28, 32);
        Assert.InRange(found[1].Index, 58, 62);
        Assert.True(found[0].After > found[0].Before && found[1].After < found[1].Before);

        int wrong = Enumerable.Range(0, 500).Count(_ => ChangePoint.Find([.. Enumerable.Range(0, 60).Select(_ => Normal(random))]).Count > 0);
        Assert.True(wrong <= 3, $"{wrong} of 500");
        Assert.Empty(ChangePoint.Find([]));
        Assert.Empty(ChangePoint.Find([.. Enumerable.Repeat(5.0, 50)]));
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(2, 60)]
    [InlineData(5, 10)]
    [InlineData(50, 200)]
    public void A_leak_is_found_within_20_minutes_through_the_teeth_of_a_collector(double mebibytesPerMinute, double tooth)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            double saw = 0;
            double minutes = FindsAfter(60, minute =>
            {
                saw = saw > tooth ? 0 : saw + (tooth / 20 * random.NextDouble());
                return 250 + (mebibytesPerMinute * minute) + saw;
            });
            Assert.True(minutes <= 20, $"seed {seed}: {minutes}");
        }
    }

    [Theory]
    [InlineData("saturates")]
    [InlineData("loads")]
    [InlineData("bursts")]
    [InlineData("steps")]
    [InlineData("wanders")]
    [InlineData("shrinks")]
    public void What_is_no_leak_is_not_called_one(string kind)
    {
        var alarms = new List<int>();
        int seeds = TestLevel.Count(20, 50, 200);
        for (int seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            double drift = 0;
            double minutes = FindsAfter(180, minute =>
            {
                drift = (drift * 0.95) + Normal(random);
                return drift + (kind switch
                {
                    "saturates" => 800 * (1 - Math.Exp(-minute / (1 + (seed % 4)))),
                    "loads" => Math.Min(minute, 8) * 200,
                    "bursts" => 300 + (minute % 15 < 4 ? 900 : 0),
                    "steps" => 300 + (Math.Floor(minute / 40) * 100),
                    "wanders" => 300 + (100 * Math.Sin(minute / 4)),
                    _ => 1000 - (3 * minute),
                });
            });
            if (!double.IsNaN(minutes))
            {
                alarms.Add(seed);
            }
        }

        // Three hours each; noise that wanders by itself cannot be told from a small leak in every case.
        Assert.True(alarms.Count <= seeds / 40, $"seeds {string.Join(' ', alarms)} of {seeds}");
    }

    [Fact]
    public void A_run_is_compared_with_its_predecessors()
    {
        IReadOnlyDictionary<string, double>[] before =
            [.. Enumerable.Range(0, 10).Select(i => new Dictionary<string, double> { ["build"] = 60 + i, ["test"] = 30 + (i % 3 * 20), ["lint"] = 5 })];
        RunComparison found = Assert.Single(RunComparison.Find("duration", new Dictionary<string, double> { ["build"] = 136, ["test"] = 75, ["lint"] = 5.2, ["new"] = 99 }, before));
        Assert.Equal("build took 2.1x as long as in its last 10 runs", found.Describe());
        Assert.Empty(RunComparison.Find("duration", new Dictionary<string, double> { ["build"] = 136 }, [before[0], before[1]]));

        // Milliseconds are what starting a process varies by.
        IReadOnlyDictionary<string, double>[] brief = [.. Enumerable.Range(0, 5).Select(static _ => new Dictionary<string, double> { ["echo"] = 0.004 })];
        Assert.Empty(RunComparison.Find("duration", new Dictionary<string, double> { ["echo"] = 0.04 }, brief));
        Assert.NotEmpty(RunComparison.Find("duration", new Dictionary<string, double> { ["echo"] = 0.4 }, brief));
    }

    [Fact]
    public void A_share_of_few_trials_is_bounded_with_care()
    {
        Assert.InRange(Proportion.Lower(5, 5), 0.3, 0.4);
        Assert.Equal(0, Proportion.Lower(0, 10));
        Assert.Equal(0, Proportion.Lower(0, 0));
        Assert.InRange(Proportion.Lower(500, 1000), 0.45, 0.5);
    }

    private static double FindsAfter(double minutes, Func<double, double> mebibytes)
    {
        var detector = new LeakDetector();
        for (int second = 0; second < minutes * 60; second += 5)
        {
            if (detector.Read(Readings.Start.AddSeconds(second), Bytes.FromMebibytes(Math.Max(1, mebibytes(second / 60.0)))) is not null)
            {
                return second / 60.0;
            }
        }

        return double.NaN;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
