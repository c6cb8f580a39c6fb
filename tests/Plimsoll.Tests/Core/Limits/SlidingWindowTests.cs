using Plimsoll.Core.Limits;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits;

public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(12)]
    public void No_window_holds_more_than_the_limit_and_the_wake_up_is_exact(double resolutionSeconds)
    {
        Each(150, random =>
        {
            var length = TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));
            long limit = random.NextInt64(1, 50);
            var window = new SlidingWindow(limit, length, TimeSpan.FromSeconds(resolutionSeconds));
            List<(DateTimeOffset At, long Units)> taken = [];
            DateTimeOffset now = Start;
            for (int step = 0; step < 150; step++)
            {
                long amount = random.NextInt64(1, limit + 1);
                Opening opening = window.OpeningFor(amount, now);
                if (!opening.IsNow)
                {
                    Assert.False(window.OpeningFor(amount, TickBefore(opening.NotBefore)).IsNow, "too late");
                    now = opening.NotBefore;
                    Assert.True(window.OpeningFor(amount, now).IsNow, "too early");
                }

                window.Take(amount, now);
                taken.Add((now, amount));
                Assert.True(taken.Where(one => one.At > now - length).Sum(one => one.Units) <= limit);
                now = now.AddTicks(random.NextInt64(0, length.Ticks / 10));
            }
        });
    }

    [Fact]
    public void A_coarse_window_frees_at_most_its_resolution_late()
    {
        Each(100, random =>
        {
            TimeSpan length = TimeSpan.FromSeconds(60);
            var resolution = TimeSpan.FromSeconds(random.Next(1, 20));
            var exact = new SlidingWindow(1000, length);
            var coarse = new SlidingWindow(1000, length, resolution);
            DateTimeOffset now = Start;
            for (int step = 0; step < 200; step++)
            {
                long amount = random.Next(1, 30);
                exact.Take(amount, now);
                coarse.Take(amount, now);
                Assert.InRange(coarse.Used(now + resolution), exact.Used(now + resolution), exact.Used(now));
                now = now.AddTicks(random.NextInt64(0, 3 * TimeSpan.TicksPerSecond));
            }
        });
    }

    [Fact]
    public void What_comes_back_leaves_the_moment_at_which_it_was_taken()
    {
        var window = new SlidingWindow(10, TimeSpan.FromSeconds(60));
        window.Take(6, Start);
        window.Take(4, At(30));
        window.Return(2, At(30), At(31));
        Assert.Equal(8, window.Used(At(31)));
        Assert.Equal(2, window.Used(At(60)));
        window.Return(2, Start, At(61));
        Assert.Equal(2, window.Used(At(61)));
    }

    [Theory]
    [InlineData(Oversize.Debt, 25)]
    [InlineData(Oversize.FullBucket, 10)]
    public void A_request_above_the_limit_passes_an_empty_window(Oversize oversize, long charged)
    {
        var window = new SlidingWindow(10, TimeSpan.FromSeconds(60), oversize: oversize);
        window.Take(1, Start);
        Assert.Equal(At(60), window.OpeningFor(25, Start).NotBefore);
        Assert.Equal(charged, window.ChargeFor(25));
        Assert.Equal(OpeningKind.Never, new SlidingWindow(10, TimeSpan.FromSeconds(60)).OpeningFor(11, Start).Kind);
    }
}
