using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Limits.Queueing;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Simulation;

/// <summary>A hundred agents whose calls share prefixes, before a provider that does not charge what it reads from its cache.</summary>
/// <param name="aware">Whether the limiter expects cache reads and learns of them; otherwise it counts all input and does not hear of the rest.</param>
internal sealed class CacheSimulation(ModelBucket provider, IReadOnlyList<(long Input, PrefixMark[] Marks)> trace, bool aware)
{
    private const int Agents = 100;
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    private readonly VirtualEvents events = new();
    private readonly Random random = new(1);
    private readonly Dictionary<UInt128, DateTimeOffset> cache = [];
    private readonly PrefixLedger ledger = new(TimeToLive);
    private readonly Dictionary<long, List<int>> followers = [];
    private QuotaQueue<int> queue = null!;
    private ProviderBucket bucket = null!;
    private DateTimeOffset? wakeAt;
    private int next;

    public int Refused { get; private set; }

    public int Answered { get; private set; }

    public long Held { get; private set; }

    /// <summary>When the last call of the trace was answered, in seconds.</summary>
    public double Seconds => events.Now;

    /// <summary>Sends each call of the trace once.</summary>
    public void Run()
    {
        bucket = new ProviderBucket(provider.Limit, Start, level: 0);
        queue = new QuotaQueue<int>(new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = bucket }));
        for (int agent = 0; agent < Agents; agent++)
        {
            Enqueue(next++);
        }

        Dispatch();
        while (Answered < trace.Count && events.TryNext(double.MaxValue, out _, out Action? action))
        {
            action();
            Dispatch();
        }
    }

    private (long Input, PrefixMark[] Marks) Call(int call) => trace[call];

    private void Enqueue(int call)
    {
        (long input, PrefixMark[] marks) = Call(call);
        long estimate = Math.Max(1, input - (aware ? ledger.CachedTokens(marks, events.Moment) : 0));
        queue.Add(new QuotaRequest<int>(call, new Demand(new Amounts(estimate)), TimeSpan.FromHours(1)), new FairShare(call % Agents), events.Moment);
    }

    private void Dispatch()
    {
        List<QuotaGrant<int>> granted = [];
        DateTimeOffset? wake = queue.Dispatch(events.Moment, granted);
        if (wake is { } moment && wake != wakeAt && queue.Count > 0)
        {
            wakeAt = wake;
            events.At((moment - Start).TotalSeconds, () => { });
        }

        granted.ForEach(Send);
    }

    private void Send(QuotaGrant<int> grant)
    {
        int call = grant.Ticket.Item.Item;
        PrefixAnswer answer = aware ? ledger.Ask(Call(call).Marks, events.Moment) : default;
        if (answer.Role == PrefixRole.Follower)
        {
            Held++;
            queue.Limits.Cancel(grant.Hold, events.Moment);
            followers.TryAdd(answer.Lead, []);
            followers[answer.Lead].Add(call);
            events.At((answer.WaitUntil - Start).TotalSeconds, () => Release(answer.Lead));
            return;
        }

        if (Call(call).Input - answer.CachedTokens > grant.Ticket.Item.Demand.Amounts.InputTokens)
        {
            // What was cached when it began to wait is so no more: it needs more quota than it got.
            queue.Limits.Cancel(grant.Hold, events.Moment);
            ledger.Failed(answer.Lead);
            events.At(events.Now, () => Enqueue(call));
            return;
        }

        double sentAt = events.Now;
        events.At(sentAt + 0.01 + (0.04 * random.NextDouble()), () => Arrive(grant, answer.Lead, sentAt));
    }

    private void Arrive(QuotaGrant<int> grant, long lead, double sentAt)
    {
        int call = grant.Ticket.Item.Item;
        (long input, PrefixMark[] marks) = Call(call);
        PrefixMark read = marks.LastOrDefault(mark => cache.TryGetValue(mark.Hash, out DateTimeOffset until) && until > events.Moment);
        long charged = Math.Max(1, input - read.Tokens);
        if (provider.TryCharge(charged, events.Now, out int retryAfterSeconds))
        {
            long remaining = provider.Remaining;
            events.At(events.Now + 0.4, () => Answer(grant, lead, sentAt, charged, remaining));
            return;
        }

        Refused++;
        queue.Limits.Cancel(grant.Hold, events.Moment);
        bucket.Refused(TimeSpan.FromSeconds(retryAfterSeconds), grant.Ticket.Item.Demand.Amounts.InputTokens, events.Moment);
        ledger.Failed(lead);
        Release(lead);
        Enqueue(call);
    }

    private void Answer(QuotaGrant<int> grant, long lead, double sentAt, long charged, long remaining)
    {
        int call = grant.Ticket.Item.Item;
        foreach (PrefixMark mark in Call(call).Marks)
        {
            cache[mark.Hash] = events.Moment + TimeToLive;
        }

        var reading = new ProviderReading(remaining, 1000, TimeSpan.FromSeconds(events.Now - sentAt), events.Moment, provider.Limit);
        if (aware)
        {
            bucket.Observe(reading, queue.Limits.ChargedAfter(grant.Hold, Dimension.InputTokens), events.Moment);
        }

        queue.Settle(grant, new Amounts(aware ? charged : Call(call).Input), events.Moment);
        ledger.Began(lead, events.Moment);
        Release(lead);
        Answered++;
        if (next < trace.Count)
        {
            int following = next++;
            events.At(events.Now + 1, () => Enqueue(following));
        }
    }

    private void Release(long lead)
    {
        if (followers.Remove(lead, out List<int>? waiting))
        {
            waiting.ForEach(Enqueue);
        }
    }
}
