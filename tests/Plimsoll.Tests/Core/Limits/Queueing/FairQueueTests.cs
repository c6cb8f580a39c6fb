using Plimsoll.Core.Limits.Queueing;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Queueing;

public sealed class FairQueueTests
{
    [Fact]
    public void Equal_tasks_get_equal_shares_whatever_the_size_of_their_requests()
    {
        Each(30, random =>
        {
            double[] served = new double[random.Next(2, 40)];
            double[] scale = [.. served.Select(_ => 0.05 + random.NextDouble())];
            var queue = new FairQueue<int>();
            Serve(queue, 4000, served, flow => scale[flow] * random.NextDouble(), _ => 1, random, correct: true);
            Assert.InRange(Jain(served), 0.95, 1);
        });
    }

    [Fact]
    public void Weights_divide_the_quota()
    {
        var random = new Random(1);
        double[] served = new double[3];
        Serve(new FairQueue<int>(), 6000, served, _ => random.NextDouble(), flow => flow + 1, random, correct: false);
        Assert.InRange(served[1] / served[0], 1.9, 2.1);
        Assert.InRange(served[2] / served[0], 2.9, 3.1);
    }

    [Fact]
    public void A_large_request_waits_for_no_more_than_one_like_it_of_each_other_task()
    {
        var queue = new FairQueue<string>();
        for (int round = 0; round < 100; round++)
        {
            for (int flow = 0; flow < 10; flow++)
            {
                queue.Add("small", new FairShare(flow), 0.01);
            }
        }

        for (int flow = 0; flow < 10; flow++)
        {
            queue.Serve(queue.First!);
        }

        queue.Add("large", new FairShare(99), 1);
        double before = 0;
        while (queue.First!.Item != "large")
        {
            before += queue.First.Cost;
            queue.Serve(queue.First);
        }

        Assert.InRange(before, 0, 10 * 0.01);
        queue.Serve(queue.First);
        queue.Add("large", new FairShare(99), 1);
        for (before = 0; queue.First!.Item != "large";)
        {
            before += queue.First.Cost;
            queue.Serve(queue.First);
        }

        // Its task has had one second of quota: the others get theirs first, and no more.
        Assert.InRange(before, 9.5, 10);
    }

    [Fact]
    public void Being_away_earns_nothing()
    {
        var queue = new FairQueue<int>();
        Add(queue, 1, 200);
        for (int index = 0; index < 50; index++)
        {
            queue.Serve(queue.First!);
        }

        Add(queue, 2, 200);
        int[] served = new int[3];
        for (int index = 0; index < 100; index++)
        {
            served[queue.First!.Item]++;
            queue.Serve(queue.First);
        }

        Assert.InRange(served[2], 49, 51);
    }

    [Fact]
    public void A_higher_priority_goes_first_and_a_lower_one_does_not_starve()
    {
        var queue = new FairQueue<int>();
        Add(queue, 9, 3, priority: -1);
        var places = new List<int>();
        for (int index = 0; index < 200; index++)
        {
            queue.Add(0, new FairShare(1, 5), 0.1);
            if (queue.First!.Item == 9)
            {
                places.Add(index);
            }

            queue.Serve(queue.First);
        }

        // A twentieth: one of equal cost after each 20.
        Assert.Equal(3, places.Count);
        Assert.InRange(places[0], 19, 22);
        Assert.InRange(places[1] - places[0], 20, 23);
        Assert.InRange(places[2] - places[1], 20, 23);
    }

    [Fact]
    public void Nothing_is_put_aside_while_the_lower_ones_are_served_anyway()
    {
        var queue = new FairQueue<int>();
        Add(queue, 9, 1000);
        for (int index = 0; index < 500; index++)
        {
            queue.Add(1, new FairShare(1, 5), 0.1);
            Assert.Equal(1, queue.First!.Item);
            queue.Serve(queue.First);
            queue.Serve(queue.First!);
        }
    }

    [Fact]
    public void Every_request_is_served_once_or_removed()
    {
        Each(100, random =>
        {
            var queue = new FairQueue<int>();
            List<FairTicket<int>> waiting = [];
            for (int step = 0; step < 400; step++)
            {
                int choice = random.Next(6);
                if (choice < 3)
                {
                    waiting.Add(queue.Add(step, new FairShare(random.Next(5), random.Next(3), 1 + random.Next(3)), random.NextDouble()));
                }
                else if (waiting.Count > 0 && choice == 3)
                {
                    FairTicket<int> gone = waiting[random.Next(waiting.Count)];
                    Assert.True(queue.Remove(gone));
                    Assert.False(queue.Remove(gone));
                    waiting.Remove(gone);
                }
                else if (waiting.Count > 0)
                {
                    FairTicket<int> first = queue.First!;
                    queue.Serve(first);
                    Assert.Throws<InvalidOperationException>(() => queue.Serve(first));
                    Assert.True(waiting.Remove(first));
                    queue.Correct(first.Share, random.NextDouble() - 0.5);
                }

                Assert.Equal(waiting.Count, queue.Count);
                Assert.Equal(waiting.Count == 0, queue.First is null);
            }
        });
    }

    internal static double Jain(IReadOnlyCollection<double> shares) => Math.Pow(shares.Sum(), 2) / (shares.Count * shares.Sum(share => share * share));

    private static void Add(FairQueue<int> queue, int flow, int count, int priority = 0)
    {
        for (int index = 0; index < count; index++)
        {
            queue.Add(flow, new FairShare(flow, priority), 0.1);
        }
    }

    /// <summary>Each task always has a request waiting; what is used may differ from what was expected.</summary>
    private static void Serve(FairQueue<int> queue, int count, double[] served, Func<int, double> cost, Func<int, double> weight, Random random, bool correct)
    {
        for (int flow = 0; flow < served.Length; flow++)
        {
            queue.Add(flow, new FairShare(flow, 0, weight(flow)), cost(flow));
            queue.Add(flow, new FairShare(flow, 0, weight(flow)), cost(flow));
        }

        for (int index = 0; index < count; index++)
        {
            FairTicket<int> first = queue.First!;
            queue.Serve(first);
            double used = correct ? first.Cost * 3 * random.NextDouble() : first.Cost;
            queue.Correct(first.Share, used - first.Cost);
            served[first.Item] += used;
            queue.Add(first.Item, first.Share, cost(first.Item));
        }
    }
}
