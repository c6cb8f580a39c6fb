using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Queueing;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Queueing;

public sealed class QuotaQueueTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    [Fact]
    public void The_last_request_is_sent_at_the_very_tick_at_which_the_quota_allows_all()
    {
        Each(150, random =>
        {
            Rate rate = Rate.PerMinute(random.Next(60, 1_000_000));
            long capacity = random.Next(2, 5000);
            QuotaQueue<int> queue = Queue(rate, capacity, random.Next(2) * random.NextDouble());
            long total = 0;
            int count = random.Next(2, 80);
            for (int index = 0; index < count; index++)
            {

                // One that needs the whole bucket wastes the fraction of a tick by which it overflows.
                long amount = random.NextInt64(1, capacity);
                total += amount;
                Add(queue, index, amount, new FairShare(random.Next(6)));
            }

            List<(int Item, DateTimeOffset At)> sent = Drain(queue);
            Assert.Equal(count, sent.Count);
            Int128 ticks = (((Int128)Math.Max(0, total - capacity) * rate.Per.Ticks) + rate.Amount - 1) / rate.Amount;
            Assert.Equal(Start.AddTicks((long)ticks), sent[^1].At);
        });
    }

    [Fact]
    public void Each_wake_up_sends_somebody_and_the_tick_before_it_nobody()
    {
        Each(100, random =>
        {
            QuotaQueue<int> queue = Queue(Rate.PerMinute(60_000), 500, 0.2);
            for (int index = 0; index < 60; index++)
            {
                Add(queue, index, random.Next(1, 900), new FairShare(random.Next(6), random.Next(2)));
            }

            List<QuotaGrant<int>> granted = [];
            DateTimeOffset? wakeAt = queue.Dispatch(Start, granted);
            while (queue.Count > 0)
            {
                granted.Clear();
                Assert.Equal(wakeAt, queue.Dispatch(TickBefore(wakeAt!.Value), granted));
                Assert.Empty(granted);
                wakeAt = queue.Dispatch(wakeAt.Value, granted);
                Assert.NotEmpty(granted);
            }
        });
    }

    [Fact]
    public void A_request_that_is_passed_is_late_by_no_more_than_the_bound()
    {
        int passedSome = 0;
        Each(150, random =>
        {
            double bound = random.NextDouble() / 2;
            QuotaQueue<int> queue = Queue(Rate.PerMinute(60_000), 1000, bound);
            for (int index = 0; index < 80; index++)
            {
                Add(queue, index, random.Next(3) == 0 ? random.Next(500, 1000) : random.Next(1, 60), new FairShare(random.Next(12)));
            }

            var promises = new Dictionary<int, DateTimeOffset>();
            List<QuotaGrant<int>> granted = [];
            DateTimeOffset? now = Start;
            while (now is { } at)
            {
                granted.Clear();
                now = queue.Dispatch(at, granted);
                foreach (QuotaGrant<int> grant in granted)
                {
                    if (promises.TryGetValue(grant.Ticket.Item.Item, out DateTimeOffset promise))
                    {
                        Assert.InRange(at, promise, promise + TimeSpan.FromSeconds(bound) + TimeSpan.FromTicks(1));
                        passedSome += at > promise ? 1 : 0;
                    }
                }

                if (queue.First is { Passed: 0 } first)
                {
                    promises.TryAdd(first.Item.Item, queue.Limits.OpeningFor(first.Item.Demand, at).NotBefore);
                }

                now = queue.Count > 0 ? now : null;
            }
        });
        Assert.True(passedSome > 20, $"only {passedSome} requests were passed: the bound was hardly tried");
    }

    [Fact]
    public void A_more_urgent_call_of_a_second_of_quota_waits_at_most_a_second_at_saturation()
    {
        Each(50, random =>
        {
            QuotaQueue<int> queue = Queue(Rate.PerMinute(60_000), 1000, 0.25);
            for (int index = 0; index < 400; index++)
            {
                Add(queue, index, random.Next(1, 1000), new FairShare(random.Next(10)));
            }

            List<QuotaGrant<int>> granted = [];
            DateTimeOffset now = queue.Dispatch(Start, granted)!.Value;
            for (int call = 0; call < 20; call++)
            {
                DateTimeOffset asked = now + TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerSecond, 3 * TimeSpan.TicksPerSecond));
                for (DateTimeOffset? wakeAt = now; wakeAt <= asked; now = wakeAt!.Value)
                {
                    wakeAt = queue.Dispatch(wakeAt.Value, granted);
                }

                Add(queue, 1000 + call, 1000, new FairShare(50, Priority: 9));
                granted.Clear();
                for (DateTimeOffset? at = asked; granted.TrueForAll(grant => grant.Ticket.Item.Item != 1000 + call);)
                {
                    now = at!.Value;
                    at = queue.Dispatch(now, granted);
                }

                Assert.InRange(now - asked, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            }
        });
    }

    [Fact]
    public void The_same_inputs_give_the_same_order_and_moments()
    {
        Each(20, random =>
        {
            int seed = random.Next();
            Assert.Equal(Trace(seed), Trace(seed));
        });
    }

    [Fact]
    public void A_request_that_can_never_fit_is_not_queued()
    {
        var vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = new TokenBucket(Rate.PerMinute(60), 10, Start, oversize: Oversize.Refuse) });
        var queue = new QuotaQueue<int>(vector);
        Assert.Null(queue.Add(new QuotaRequest<int>(1, new Demand(new Amounts(11)), Lifetime), new FairShare(1), Start));
        Assert.Equal(Dimension.InputTokens, vector.OpeningFor(new Demand(new Amounts(11)), Start).Blocking);
    }

    [Fact]
    public void A_place_that_is_given_back_goes_to_the_next_at_once()
    {
        var queue = new QuotaQueue<int>(new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.Concurrency] = new ConcurrencyLimit(1) }));
        Add(queue, 1, 0, new FairShare(1));
        Add(queue, 2, 0, new FairShare(2));
        List<QuotaGrant<int>> granted = [];
        Assert.Equal(Start + Lifetime, queue.Dispatch(Start, granted));
        QuotaGrant<int> only = Assert.Single(granted);
        Assert.True(queue.Settle(only, new Amounts(0), At(1)));
        granted.Clear();
        queue.Dispatch(At(1), granted);
        Assert.Equal(2, Assert.Single(granted).Ticket.Item.Item);
    }

    private static QuotaQueue<int> Queue(Rate rate, long capacity, double bypassSeconds) =>
        new(new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = new TokenBucket(rate, capacity, Start) }), bypassSeconds);

    private static void Add(QuotaQueue<int> queue, int item, long input, FairShare share)
    {
        Assert.NotNull(queue.Add(new QuotaRequest<int>(item, new Demand(new Amounts(input)), Lifetime), share, Start));
    }

    private static List<(int Item, DateTimeOffset At)> Drain(QuotaQueue<int> queue)
    {
        List<(int, DateTimeOffset)> sent = [];
        List<QuotaGrant<int>> granted = [];
        for (DateTimeOffset? now = Start; queue.Count > 0;)
        {
            DateTimeOffset at = now!.Value;
            granted.Clear();
            now = queue.Dispatch(at, granted);
            sent.AddRange(granted.Select(grant => (grant.Ticket.Item.Item, at)));
        }

        return sent;
    }

    private static string Trace(int seed)
    {
        var random = new Random(seed);
        QuotaQueue<int> queue = Queue(Rate.PerMinute(60_000), 700, 0.3);
        for (int index = 0; index < 100; index++)
        {
            Add(queue, index, random.Next(1, 900), new FairShare(random.Next(9), random.Next(3)));
        }

        return string.Join(' ', Drain(queue).Select(one => $"{one.Item}@{one.At.Ticks}"));
    }
}
