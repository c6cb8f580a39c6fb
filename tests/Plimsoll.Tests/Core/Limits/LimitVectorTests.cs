using Plimsoll.Core.Limits;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits;

public sealed class LimitVectorTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(4000);

    [Fact]
    public void A_demand_takes_from_every_dimension_or_from_none_at_the_exact_moment()
    {
        int waited = 0;
        Each(200, random =>
        {
            (LimitVector vector, TokenBucket requests, TokenBucket input, SlidingWindow daily) = RandomVector(random);
            DateTimeOffset now = Start;
            for (int step = 0; step < 40; step++)
            {
                var demand = new Demand(new Amounts(random.NextInt64(1, 3000)));
                var before = (requests.Level(now), input.Level(now), daily.Used(now), vector.LiveHolds);
                Opening opening = vector.TryTake(demand, now, Lifetime, out HoldId hold);
                if (!opening.IsNow)
                {
                    waited++;
                    Assert.Equal(before, (requests.Level(now), input.Level(now), daily.Used(now), vector.LiveHolds));
                    Assert.Equal(default, hold);
                    Assert.NotNull(opening.Blocking);
                    Assert.False(vector.OpeningFor(demand, TickBefore(opening.NotBefore)).IsNow, "too late");
                    now = opening.NotBefore;
                    before = (requests.Level(now), input.Level(now), daily.Used(now), vector.LiveHolds);
                    Assert.True(vector.TryTake(demand, now, Lifetime, out _).IsNow, "too early");
                }

                Assert.Equal(before.Item1 - 1, requests.Level(now), tolerance: 1e-6);
                Assert.Equal(before.Item2 - demand.Amounts.InputTokens, input.Level(now), tolerance: 1e-6);
                Assert.Equal(before.Item3 + 1, daily.Used(now));
                Assert.Equal(before.LiveHolds + 1, vector.LiveHolds);
            }
        });
        Assert.True(waited > 100, $"only {waited} demands had to wait");
    }

    [Fact]
    public void After_every_hold_has_ended_the_limits_hold_what_was_really_used()
    {
        Each(200, random =>
        {
            var input = new TokenBucket(Rate.PerMinute(1), 1_000_000, Start, level: 500_000);
            var places = new ConcurrencyLimit(50);
            var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = input, [Dimension.Concurrency] = places });
            List<HoldId> live = [];
            long used = 0;
            for (int step = 0; step < 200; step++)
            {
                if (random.Next(2) == 0 && vector.TryTake(new Demand(new Amounts(random.Next(1, 2000))), Start, Lifetime, out HoldId hold).IsNow)
                {
                    live.Add(hold);
                }
                else if (live.Count > 0)
                {
                    HoldId ended = live[random.Next(live.Count)];
                    live.Remove(ended);
                    long actual = random.Next(0, 3000);
                    bool sent = random.Next(3) > 0;
                    used += sent ? actual : 0;
                    Assert.True(sent ? vector.Settle(ended, new Amounts(actual), Start) : vector.Cancel(ended, Start));
                    Assert.False(vector.Settle(ended, new Amounts(actual), Start), "settled twice");
                    Assert.False(vector.Cancel(ended, Start), "cancelled after its end");
                }

                Assert.Equal(live.Count, places.InUse);
            }

            live.ForEach(hold => vector.Cancel(hold, Start));
            Assert.Equal(500_000 - used, input.Level(Start));
            Assert.Equal(0, places.InUse);
        });
    }

    [Fact]
    public void An_expired_hold_gives_its_place_back_but_not_its_charge()
    {
        var input = new TokenBucket(Rate.PerMinute(1), 1000, Start);
        var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = input, [Dimension.Concurrency] = new ConcurrencyLimit(1) });
        Assert.True(vector.TryTake(new Demand(new Amounts(400)), Start, TimeSpan.FromSeconds(30), out HoldId hold).IsNow);
        Opening second = vector.OpeningFor(new Demand(new Amounts(400)), At(29));
        Assert.Equal((OpeningKind.OnRelease, Dimension.Concurrency), (second.Kind, second.Blocking));
        Assert.Equal(At(30), vector.NextExpiry);
        Assert.Equal(0, vector.Expire(TickBefore(At(30))));
        Assert.True(vector.TryTake(new Demand(new Amounts(400)), At(30), Lifetime, out _).IsNow);
        Assert.Equal(1, vector.ExpiredHolds);
        Assert.Equal(200.5, input.Level(At(30)), tolerance: 1e-6);
        Assert.False(vector.Settle(hold, new Amounts(0), At(31)), "an expired hold cannot be settled");
    }

    [Fact]
    public void Output_is_charged_as_it_is_streamed_and_corrected_at_the_end()
    {
        var output = new TokenBucket(Rate.PerMinute(1), 1000, Start);
        var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.OutputTokens] = output });
        vector.TryTake(new Demand(new Amounts(10)), Start, Lifetime, out HoldId hold);
        Assert.Equal(1000, output.Level(Start));
        Assert.True(vector.Debit(hold, Dimension.OutputTokens, 30, Start));
        Assert.True(vector.Debit(hold, Dimension.OutputTokens, 30, Start));
        Assert.Equal(940, output.Level(Start));
        Assert.True(vector.Settle(hold, new Amounts(10, OutputTokens: 55), Start));
        Assert.Equal(945, output.Level(Start));
        Assert.False(vector.Debit(hold, Dimension.OutputTokens, 1, Start));
    }

    [Fact]
    public void Charges_after_a_request_follow_what_later_ones_were_charged()
    {
        var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = new TokenBucket(Rate.PerMinute(1), 100_000, Start) });
        var holds = new HoldId[4];
        for (int index = 0; index < 4; index++)
        {
            vector.TryTake(new Demand(new Amounts(100 * (index + 1))), Start, Lifetime, out holds[index]);
        }

        Assert.Equal(900, vector.ChargedAfter(holds[0], Dimension.InputTokens));
        Assert.Equal(400, vector.ChargedAfter(holds[2], Dimension.InputTokens));
        vector.Settle(holds[3], new Amounts(150), Start);
        Assert.Equal(150, vector.ChargedAfter(holds[2], Dimension.InputTokens));
        vector.Settle(holds[0], new Amounts(5000), Start);
        Assert.Equal(450, vector.ChargedAfter(holds[1], Dimension.InputTokens));
    }

    [Fact]
    public void The_cost_is_the_dominant_share_in_seconds_of_quota()
    {
        var vector = new LimitVector(new Dictionary<Dimension, ILimit>
        {
            [Dimension.Requests] = new TokenBucket(Rate.PerMinute(60), 1, Start),
            [Dimension.InputTokens] = new TokenBucket(Rate.PerMinute(60_000), 1000, Start),
            [Dimension.Concurrency] = new ConcurrencyLimit(4),
        });
        Assert.Equal(1, vector.CostOf(new Demand(new Amounts(500))), 9);
        Assert.Equal(2, vector.CostOf(new Demand(new Amounts(2000))), 9);
        var places = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.Concurrency] = new ConcurrencyLimit(4) });
        Assert.Equal(0.25, places.CostOf(new Demand(new Amounts(500))), 9);
    }

    private static (LimitVector Vector, TokenBucket Requests, TokenBucket Input, SlidingWindow Daily) RandomVector(Random random)
    {
        var requests = new TokenBucket(Rate.PerMinute(random.Next(1, 600)), random.Next(1, 10), Start);
        var input = new TokenBucket(Rate.PerMinute(random.Next(100, 200_000)), random.Next(1, 4000), Start);
        var daily = new SlidingWindow(random.Next(1, 60), TimeSpan.FromDays(1));
        return (new LimitVector(new Dictionary<Dimension, ILimit>
        {
            [Dimension.Requests] = requests,
            [Dimension.InputTokens] = input,
            [Dimension.DailyRequests] = daily,
        }), requests, input, daily);
    }
}
