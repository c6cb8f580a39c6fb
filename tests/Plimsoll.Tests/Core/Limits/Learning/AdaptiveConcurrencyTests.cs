using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class AdaptiveConcurrencyTests
{
    [Fact]
    public void It_starts_at_20_and_loses_a_fifth_per_episode_of_refusals()
    {
        var adaptive = new AdaptiveConcurrency();
        Assert.Equal(20, adaptive.Limit);
        adaptive.Refused(Start);
        adaptive.Refused(At(14.9));
        Assert.Equal(16, adaptive.Limit);
        adaptive.Refused(At(15));
        Assert.Equal(12, adaptive.Limit);
        for (int episode = 2; episode < 20; episode++)
        {
            adaptive.Refused(At(15 * episode));
        }

        Assert.Equal(4, adaptive.Limit);
    }

    [Fact]
    public void A_clean_round_in_which_it_was_reached_adds_a_twentieth()
    {
        var adaptive = new AdaptiveConcurrency();
        Round(adaptive, inFlight: 19);
        Assert.Equal(20, adaptive.Limit);
        Round(adaptive, inFlight: 20);
        Assert.Equal(21, adaptive.Limit);
        for (int round = 0; round < 100; round++)
        {
            Round(adaptive, inFlight: 100);
        }

        Assert.Equal(100, adaptive.Limit);
    }

    [Fact]
    public void A_refusal_begins_the_round_anew()
    {
        var adaptive = new AdaptiveConcurrency();
        for (int answer = 0; answer < 19; answer++)
        {
            adaptive.Answered(20);
        }

        adaptive.Refused(Start);
        adaptive.Answered(16);
        Assert.Equal(16, adaptive.Limit);
    }

    private static void Round(AdaptiveConcurrency adaptive, long inFlight)
    {
        int answers = adaptive.Limit;
        for (int answer = 0; answer < answers; answer++)
        {
            adaptive.Answered(inFlight);
        }
    }
}
