using Plimsoll.Core.Limits;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits;

public sealed class TokenBucketTests
{
    [Fact]
    public void No_window_of_any_length_holds_more_than_capacity_and_refill()
    {
        Each(200, random =>
        {
            Rate rate = RandomRate(random);
            long capacity = random.NextInt64(1, 5000);
            var bucket = new TokenBucket(rate, capacity, Start);
            List<(long At, long Units)> taken = [];
            DateTimeOffset now = Start;
            for (int step = 0; step < 120; step++)
            {
                long amount = random.NextInt64(1, capacity + (capacity / 4) + 2);
                Opening opening = bucket.OpeningFor(amount, now);
                now = opening.IsNow ? now : random.Next(4) == 0 ? now.AddTicks(random.NextInt64(1, 100_000_000)) : opening.NotBefore;
                if (bucket.OpeningFor(amount, now).IsNow)
                {
                    bucket.Take(amount, now);
                    taken.Add((now.Ticks, amount));
                }
            }

            Assert.NotEmpty(taken);
            for (int from = 0; from < taken.Count; from++)
            {
                Int128 sum = 0;
                for (int to = from; to < taken.Count; to++)
                {
                    sum += taken[to].Units;
                    Int128 refill = (Int128)(taken[to].At - taken[from].At) * rate.Amount;
                    Assert.True(sum * rate.Per.Ticks <= ((Int128)Math.Max(capacity, taken[to].Units) * rate.Per.Ticks) + refill, $"{from}..{to}: {sum} of {capacity}");
                }
            }
        });
    }

    [Fact]
    public void The_wake_up_is_exact_to_the_tick()
    {
        Each(300, random =>
        {
            long capacity = random.NextInt64(1, 100_000);
            var bucket = new TokenBucket(RandomRate(random), capacity, Start, random.NextInt64(0, capacity));
            DateTimeOffset now = Start;
            for (int step = 0; step < 30; step++)
            {
                long amount = random.NextInt64(1, capacity * 2);
                Opening opening = bucket.OpeningFor(amount, now);
                if (!opening.IsNow)
                {
                    Assert.Equal(OpeningKind.Later, opening.Kind);
                    Assert.True(bucket.OpeningFor(amount, opening.NotBefore).IsNow, "too early");
                    Assert.Equal(opening, bucket.OpeningFor(amount, TickBefore(opening.NotBefore)));
                    now = opening.NotBefore;
                }

                bucket.Take(amount, now);
            }
        });
    }

    // wait = (used + requested - limit) / (limit / 60), the provider's own words.
    [Theory]
    [InlineData(10_000, 9_000, 2_000, 6)]
    [InlineData(60, 60, 1, 1)]
    [InlineData(30_000, 29_473, 6_054, 11.054)]
    public void A_full_minute_bucket_waits_as_the_provider_says(long limit, long used, long requested, double seconds)
    {
        var bucket = new TokenBucket(Rate.PerMinute(limit), limit, Start);
        bucket.Take(used, Start);
        Assert.Equal(At(seconds), bucket.OpeningFor(requested, Start).NotBefore);
    }

    [Fact]
    public void Sixty_a_minute_with_a_depth_of_a_second_is_one_a_second()
    {
        var bucket = new TokenBucket(Rate.PerMinute(60), 1, Start);
        bucket.Take(1, Start);
        Assert.Equal(At(1), bucket.OpeningFor(1, Start).NotBefore);
    }

    [Theory]
    [InlineData(Oversize.Debt, -15, 25)]
    [InlineData(Oversize.FullBucket, 0, 10)]
    public void A_request_above_the_capacity_passes_when_full(Oversize oversize, double level, double fullAfter)
    {
        var bucket = new TokenBucket(Rate.PerMinute(60), 10, Start, level: 9, oversize);
        Assert.Equal(At(1), bucket.OpeningFor(25, Start).NotBefore);
        bucket.Take(bucket.ChargeFor(25), At(1));
        Assert.Equal(level, bucket.Level(At(1)));
        Assert.Equal(At(1 + fullAfter), bucket.OpeningFor(10, At(1)).NotBefore);
    }

    [Fact]
    public void A_request_above_the_capacity_can_be_refused()
    {
        var bucket = new TokenBucket(Rate.PerMinute(60), 10, Start, oversize: Oversize.Refuse);
        Assert.Equal(OpeningKind.Never, bucket.OpeningFor(11, Start).Kind);
        Assert.True(bucket.OpeningFor(10, Start).IsNow);
    }

    [Fact]
    public void What_comes_back_never_fills_above_the_capacity_and_time_never_runs_back()
    {
        var bucket = new TokenBucket(Rate.PerMinute(60), 10, Start);
        bucket.Take(4, Start);
        bucket.Return(9, Start, Start);
        Assert.Equal(10, bucket.Level(Start));
        bucket.Take(10, At(5));
        Assert.Equal(0, bucket.Level(At(2)));
        Assert.Equal(At(6), bucket.OpeningFor(1, At(2)).NotBefore);
    }

    [Fact]
    public void A_new_rate_keeps_the_level_and_counts_from_that_moment()
    {
        var bucket = new TokenBucket(Rate.PerMinute(60), 100, Start, level: 0);
        bucket.Resize(new Rate(2, TimeSpan.FromSeconds(1)), 50, At(10));
        Assert.Equal(10, bucket.Level(At(10)));
        Assert.Equal(30, bucket.Level(At(20)));
        Assert.Equal(50, bucket.Level(At(60)));
    }

    private static Rate RandomRate(Random random) =>
        new(random.NextInt64(1, 100_000), TimeSpan.FromTicks(random.NextInt64(1, TimeSpan.TicksPerDay)));
}
