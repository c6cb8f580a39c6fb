using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class ProviderBucketTests
{
    private static readonly Rate SixtyThousand = Rate.PerMinute(60_000);

    [Fact]
    public void The_burst_is_one_second_of_quota_and_starts_at_the_level_of_the_headers()
    {
        var bucket = new ProviderBucket(SixtyThousand, Start, level: 1000);
        Assert.Equal(1000, bucket.Capacity);
        bucket.Observe(Reading(300), 0, Start);
        Assert.Equal(300, bucket.Level(Start));
        Assert.Equal(300, bucket.Remaining(Start));
        Assert.Equal(1000, bucket.Level(At(10)));
        Assert.Equal(10_300, bucket.Remaining(At(10)));
    }

    [Fact]
    public void Fresh_headers_do_not_refill_what_paces()
    {
        var bucket = new ProviderBucket(SixtyThousand, Start, level: 1000);
        bucket.Observe(Reading(60_000), 0, Start);
        bucket.Take(1000, Start);
        bucket.Observe(Reading(59_000), 0, Start);
        Assert.Equal(0, bucket.Level(Start));
    }

    // expected = remaining + rate x (now - received) - charges of requests sent after.
    [Theory]
    [InlineData(20_000, 0, 0, 20_000)]
    [InlineData(20_000, 2, 0, 22_000)]
    [InlineData(20_000, 2, 5_000, 17_000)]
    public void Less_than_counted_counts_at_once(long remaining, double secondsAgo, long chargedAfter, double expected)
    {
        ProviderBucket bucket = Confirmed(40_000);
        bucket.Observe(new ProviderReading(remaining, 1, TimeSpan.Zero, At(-secondsAgo)), chargedAfter, Start);
        Assert.Equal(expected, bucket.Remaining(Start), 3);
    }

    [Theory]
    [InlineData(50_000, 41_000)]
    [InlineData(42_001, 40_200.1)]
    [InlineData(42_000, 40_000)]
    [InlineData(38_000, 40_000)]
    [InlineData(37_999, 37_999)]
    public void More_counts_by_a_tenth_and_noise_not_at_all(long remaining, double expected)
    {
        ProviderBucket bucket = Confirmed(40_000);

        // Rounded to thousands, and one second of round trip at 1,000 a second: 2,000 either way say nothing.
        bucket.Observe(new ProviderReading(remaining, 1000, TimeSpan.FromSeconds(1), Start), 0, Start);
        Assert.Equal(expected, bucket.Remaining(Start), 3);
    }

    [Fact]
    public void A_limit_that_the_headers_name_takes_the_place_of_ours()
    {
        ProviderBucket bucket = Confirmed(40_000);
        bucket.Observe(Reading(9_000) with { Limit = Rate.PerMinute(12_000) }, 0, Start);
        Assert.Equal(Rate.PerMinute(12_000), bucket.Rate);
        Assert.Equal(200, bucket.Capacity);
    }

    [Fact]
    public void A_refusal_stops_the_dimension_and_halves_the_burst()
    {
        ProviderBucket bucket = Confirmed(40_000);
        bucket.Refused(TimeSpan.FromSeconds(3), 400, Start);
        Assert.Equal(0.5, bucket.Depth.Seconds);
        Assert.Equal(500, bucket.Capacity);
        Assert.Equal(At(3), bucket.OpeningFor(1, Start).NotBefore);
        Assert.Equal(At(3), bucket.OpeningFor(400, Start).NotBefore);
        Assert.True(bucket.OpeningFor(500, At(3)).IsNow);
        for (int more = 0; more < 9; more++)
        {
            bucket.Refused(TimeSpan.Zero, 10, At(4));
        }

        Assert.Equal(0.1, bucket.Depth.Seconds);
        Assert.Equal(At(4), bucket.FrozenUntil);
    }

    [Fact]
    public void A_refused_request_above_the_burst_makes_its_like_wait_until_the_bucket_has_settled()
    {
        ProviderBucket bucket = Confirmed(40_000);
        bucket.Refused(TimeSpan.Zero, 1500, Start);
        Assert.Equal((1, 0.05), (bucket.Depth.Seconds, bucket.Depth.SettleSeconds));
        Assert.Equal(At(1.05), bucket.OpeningFor(1500, Start).NotBefore);
        Assert.Equal(At(1), bucket.OpeningFor(1000, Start).NotBefore);
        Assert.False(bucket.OpeningFor(1500, TickBefore(At(1.05))).IsNow);
        Assert.True(bucket.OpeningFor(1500, At(1.05)).IsNow);
        bucket.Refused(TimeSpan.Zero, 1500, At(2));
        Assert.Equal(At(3.1), bucket.OpeningFor(1500, At(2)).NotBefore);
    }

    [Fact]
    public void The_burst_grows_by_a_second_in_a_minute_in_which_it_bound_and_only_then()
    {
        var bucket = new ProviderBucket(SixtyThousand, Start, level: 1000);
        var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = bucket });
        bucket.Observe(Reading(60_000), 0, Start);
        bucket.Take(1, At(61));
        Assert.Equal(1, bucket.Depth.Seconds);
        bucket.Take(1000, At(62));
        Assert.False(vector.TryTake(new Demand(new Amounts(500)), At(62), TimeSpan.FromMinutes(1), out _).IsNow);
        bucket.Take(1, At(122));
        Assert.Equal(2, bucket.Depth.Seconds);
        bucket.Take(1, At(200));
        Assert.Equal(2, bucket.Depth.Seconds);
    }

    [Fact]
    public void The_burst_grows_to_no_more_than_half_of_what_remains()
    {
        var bucket = new ProviderBucket(SixtyThousand, Start, level: 1000);
        for (int minute = 1; minute <= 100; minute++)
        {
            bucket.Depth.Waited();
            bucket.Observe(Reading(6_000) with { ReceivedAt = At(minute * 60) }, 0, At(minute * 60));
        }

        Assert.InRange(bucket.Depth.Seconds, 2, 3.01);
    }

    private static ProviderReading Reading(long remaining) => new(remaining, 1, TimeSpan.Zero, Start);

    private static ProviderBucket Confirmed(long remaining)
    {
        var bucket = new ProviderBucket(SixtyThousand, Start, level: 1000);
        bucket.Observe(Reading(remaining), 0, Start);
        return bucket;
    }
}
