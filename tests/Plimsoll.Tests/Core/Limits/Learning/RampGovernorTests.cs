using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class RampGovernorTests
{
    private static readonly Rate Limit = Rate.PerMinute(10_000_000);

    [Fact]
    public void Use_never_grows_by_more_than_half_in_a_quarter_of_an_hour()
    {
        Each(30, random =>
        {
            var governor = new RampGovernor(1_000_000, Start);
            List<long> allowed = [];
            for (int minute = 0; minute < 150; minute++)
            {
                allowed.Add(governor.Bound(Limit, At(minute * 60)).Amount);
                governor.Used((long)(allowed[^1] * random.NextDouble()), At((minute * 60) + 30));
            }

            for (int minute = 15; minute < allowed.Count; minute++)
            {
                Assert.InRange(allowed[minute], 1_000_000, (allowed[minute - 15] * 1.5) + 2);
            }
        });
    }

    [Fact]
    public void Full_use_reaches_the_limit_and_no_use_falls_back()
    {
        var governor = new RampGovernor(1_000_000, Start);
        int minute = 0;
        for (; governor.Bound(Limit, At(minute * 60)) != Limit; minute++)
        {
            governor.Used(governor.Bound(Limit, At(minute * 60)).Amount, At(minute * 60));
        }

        // 1.5^(minutes / 15) = 10.
        Assert.InRange(minute, 85, 88);
        Assert.Equal(1_000_000, governor.Bound(Limit, At((minute + 40) * 60)).Amount);
    }

    [Fact]
    public void A_request_to_slow_down_cuts_once_a_minute()
    {
        var governor = new RampGovernor(1_000_000, Start);
        governor.Used(900_000, At(10));
        governor.SlowDown(At(61));
        governor.SlowDown(At(62));
        Assert.Equal(600_000, governor.Bound(Limit, At(62)).Amount);
        governor.SlowDown(At(122));
        Assert.InRange(governor.Bound(Limit, At(122)).Amount, 390_000, 420_000);
    }

    [Fact]
    public void A_bucket_refills_no_faster_than_growth_allows()
    {
        var bucket = new ProviderBucket(Limit, Start, level: 0, ramp: new RampGovernor(1_000_000, Start));
        Assert.Equal(1_000_000, bucket.Rate.Amount);
        Assert.Equal(16_666, bucket.Capacity);
    }
}
