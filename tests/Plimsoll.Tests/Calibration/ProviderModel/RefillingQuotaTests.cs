using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class RefillingQuotaTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Sixty_per_minute_enforced_as_one_per_second_admits_one_each_second()
    {
        RefillingQuota quota = new(60, Second, OversizePolicy.FullBucket, Start);
        for (int second = 0; second < 120; second++)
        {
            Assert.Equal(TimeSpan.Zero, quota.WaitFor(1, Start.AddSeconds(second)));
            quota.Take(1, Start.AddSeconds(second));
            Assert.Equal(Second, quota.WaitFor(1, Start.AddSeconds(second)));
            Assert.Equal(TimeSpan.FromTicks(1), quota.WaitFor(1, Start.AddSeconds(second + 1).AddTicks(-1)));
        }
    }

    [Fact]
    public void One_minute_deep_it_gives_a_whole_minute_at_once()
    {
        RefillingQuota quota = new(60, Minute, OversizePolicy.FullBucket, Start);
        quota.Take(60, Start);
        Assert.Equal(0, quota.Level(Start));
        Assert.Equal(Minute, quota.UntilFull(Start));
        Assert.Equal(30, quota.Level(Start.AddSeconds(30)));
        Assert.Equal(60, quota.Level(Start.AddHours(1)));
    }

    [Theory]
    [InlineData(nameof(OversizePolicy.Debt), 0.001)]
    [InlineData(nameof(OversizePolicy.FullBucket), 1)]
    public void A_request_larger_than_the_bucket_goes_into_debt_when_its_policy_lets_it_in(string policy, double seconds)
    {
        // 60,000 per minute, one second deep: 1,000.
        RefillingQuota quota = new(60_000, Second, Enum.Parse<OversizePolicy>(policy), Start);
        quota.Take(1_000, Start);
        DateTimeOffset admitted = Start.AddSeconds(seconds);
        Assert.NotEqual(TimeSpan.Zero, quota.WaitFor(3_000, Start));
        Assert.Equal(TimeSpan.Zero, quota.WaitFor(3_000, admitted));
        quota.Take(3_000, admitted);
        Assert.Equal((long)(1_000 * seconds) - 3_000, quota.Level(admitted));
    }

    [Fact]
    public void A_request_larger_than_a_minute_can_be_refused_for_ever()
    {
        RefillingQuota quota = new(60, Second, OversizePolicy.Refused, Start);
        Assert.Null(quota.WaitFor(61, Start));
        Assert.Equal(TimeSpan.Zero, quota.WaitFor(60, Start));
    }

    [Fact]
    public void What_is_given_back_never_overfills_and_what_is_wasted_never_indebts()
    {
        RefillingQuota quota = new(60, Minute, OversizePolicy.FullBucket, Start);
        quota.Take(10, Start);
        quota.Take(-30, Start);
        Assert.Equal(60, quota.Level(Start));
        quota.Waste(100, Start);
        Assert.Equal(0, quota.Level(Start));
        quota.Take(5, Start);
        quota.Waste(1, Start);
        Assert.Equal(-5, quota.Level(Start));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10)]
    [InlineData(1)]
    public void In_no_span_is_more_admitted_than_the_bucket_and_the_refill_of_that_span(int depthSeconds)
    {
        const long PerMinute = 7_001;
        for (int seed = 0; seed < TestLevel.Count(20, 200, 2_000); seed++)
        {
            Random random = new(seed);
            RefillingQuota quota = new(PerMinute, TimeSpan.FromSeconds(depthSeconds), OversizePolicy.FullBucket, Start);
            double capacity = PerMinute / 60.0 * depthSeconds;
            List<(DateTimeOffset At, long Amount)> admitted = [];
            DateTimeOffset now = Start;
            for (int request = 0; request < 200; request++)
            {
                now += TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerSecond));
                long amount = random.NextInt64(1, (long)capacity);
                if (quota.WaitFor(amount, now) is { } wait && wait > TimeSpan.Zero)
                {
                    // The wait is exact: a tick earlier it is still refused.
                    Assert.NotEqual(TimeSpan.Zero, quota.WaitFor(amount, now + wait - TimeSpan.FromTicks(1)));
                    now += wait;
                }

                Assert.Equal(TimeSpan.Zero, quota.WaitFor(amount, now));
                quota.Take(amount, now);
                admitted.Add((now, amount));
            }

            for (int first = 0; first < admitted.Count; first++)
            {
                long sum = 0;
                foreach ((DateTimeOffset at, long amount) in admitted.Skip(first))
                {
                    sum += amount;
                    Assert.True(sum <= capacity + (PerMinute / 60.0 * (at - admitted[first].At).TotalSeconds) + 1e-6);
                }
            }
        }
    }
}
