using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class PrefixLedgerTests
{
    private readonly PrefixLedger ledger = new(TimeSpan.FromMinutes(5));

    [Fact]
    public void Followers_of_a_cold_prefix_wait_for_the_leader_and_then_read()
    {
        PrefixAnswer leader = ledger.Ask([new(1, 20_000)], Start);
        Assert.Equal((PrefixRole.Leader, 0L), (leader.Role, leader.CachedTokens));
        PrefixAnswer follower = ledger.Ask([new(1, 20_000), new(2, 20_500)], At(1));
        Assert.Equal(new PrefixAnswer(PrefixRole.Follower, 0, leader.Lead, At(10)), follower);
        ledger.Began(leader.Lead, At(2));
        Assert.Equal(new PrefixAnswer(PrefixRole.Free, 20_000), ledger.Ask([new(1, 20_000), new(2, 20_500)], At(2)));
    }

    [Fact]
    public void A_prefix_is_warm_for_five_minutes_after_its_last_use()
    {
        ledger.Began(ledger.Ask([new(1, 20_000)], Start).Lead, Start);
        Assert.Equal(20_000, ledger.Ask([new(1, 20_000)], At(299)).CachedTokens);
        Assert.Equal(20_000, ledger.Ask([new(1, 20_000)], At(598)).CachedTokens);
        Assert.Equal(PrefixRole.Leader, ledger.Ask([new(1, 20_000)], At(898)).Role);
    }

    [Fact]
    public void A_follower_waits_at_most_ten_seconds_per_leader()
    {
        PrefixAnswer first = ledger.Ask([new(1, 20_000)], Start);
        Assert.Equal(PrefixRole.Follower, ledger.Ask([new(1, 20_000)], TickBefore(At(10))).Role);
        PrefixAnswer second = ledger.Ask([new(1, 20_000)], At(10));
        Assert.Equal(PrefixRole.Leader, second.Role);
        Assert.Equal(At(20), ledger.Ask([new(1, 20_000)], At(11)).WaitUntil);
        ledger.Failed(first.Lead);
        Assert.Equal(PrefixRole.Follower, ledger.Ask([new(1, 20_000)], At(12)).Role);
        ledger.Began(first.Lead, At(13));
        ledger.Failed(second.Lead);
        Assert.Equal(PrefixRole.Leader, ledger.Ask([new(1, 20_000)], At(14)).Role);
    }

    [Fact]
    public void A_late_answer_of_the_first_leader_warms_too()
    {
        PrefixAnswer first = ledger.Ask([new(1, 20_000)], Start);
        ledger.Ask([new(1, 20_000)], At(10));
        ledger.Began(first.Lead, At(11));
        Assert.Equal(new PrefixAnswer(PrefixRole.Free, 20_000), ledger.Ask([new(1, 20_000)], At(11)));
    }

    [Fact]
    public void When_a_leader_fails_exactly_one_other_leads()
    {
        PrefixAnswer leader = ledger.Ask([new(1, 20_000)], Start);
        ledger.Failed(leader.Lead);
        Assert.Equal(PrefixRole.Leader, ledger.Ask([new(1, 20_000)], At(1)).Role);
        Assert.Equal(PrefixRole.Follower, ledger.Ask([new(1, 20_000)], At(1)).Role);
    }

    [Fact]
    public void Nobody_waits_for_less_than_a_provider_caches()
    {
        Assert.Equal(PrefixRole.Free, ledger.Ask([new(1, 1000)], Start).Role);
        Assert.Equal(PrefixRole.Free, ledger.Ask([], Start).Role);
        ledger.Began(ledger.Ask([new(2, 20_000)], Start).Lead, Start);
        Assert.Equal(PrefixRole.Free, ledger.Ask([new(2, 20_000), new(3, 21_000)], Start).Role);
        Assert.Equal(PrefixRole.Leader, ledger.Ask([new(2, 20_000), new(3, 21_100)], Start).Role);
        Assert.Equal(PrefixRole.Follower, ledger.Ask([new(2, 20_000), new(3, 21_100)], Start).Role);
    }

    [Fact]
    public void Prefixes_unused_for_longest_are_forgotten_first()
    {
        ledger.Began(ledger.Ask([new(0, 5000)], Start).Lead, Start);
        for (uint other = 1; other < 20_000; other++)
        {
            ledger.Began(ledger.Ask([new(other, 5000)], Start).Lead, Start);
            Assert.Equal(5000, ledger.Ask([new(0, 5000)], Start).CachedTokens);
        }

        Assert.Equal(PrefixRole.Leader, ledger.Ask([new(1, 5000)], Start).Role);
    }
}
