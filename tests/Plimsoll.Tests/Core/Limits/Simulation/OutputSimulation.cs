using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Limits.Queueing;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Simulation;

/// <summary>Agents before a provider that charges output as it is produced and refuses who comes when its bucket is empty.</summary>
/// <remarks>Lengths are exponential, at least one token; an answer begins after half a second and comes in pieces of half a second.</remarks>
internal sealed class OutputSimulation(double perSecond, double depthSeconds, double meanTokens, double tokensPerSecond)
{
    private const int Agents = 1000;
    private const double Piece = 0.5;

    private readonly VirtualEvents events = new();
    private readonly Random random = new(1);
    private readonly OutputEstimator lengths = new();
    private readonly ModelBucket provider = new(perSecond, depthSeconds, debt: true);
    private QuotaQueue<int> queue = null!;
    private ProviderBucket bucket = null!;
    private DateTimeOffset? wakeAt;

    public int Sent { get; private set; }

    public int Refused { get; private set; }

    public double Charged { get; private set; }

    public void Run(double warmUpSeconds, double seconds)
    {
        bucket = new ProviderBucket(provider.Limit, Start, level: 0);
        queue = new QuotaQueue<int>(new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.OutputTokens] = bucket }, new OutputGate(bucket)));
        Enumerable.Range(0, Agents).ToList().ForEach(Enqueue);
        events.At(warmUpSeconds, () => Charged = 0);
        events.At(0, () => { });
        while (events.TryNext(seconds, out _, out Action? action))
        {
            action();
            Dispatch();
        }
    }

    private void Enqueue(int agent)
    {
        var demand = new Demand(new Amounts(1), lengths.For("m"));
        queue.Add(new QuotaRequest<int>(agent, demand, TimeSpan.FromHours(1)), new FairShare(agent), events.Moment);
    }

    private void Dispatch()
    {
        List<QuotaGrant<int>> granted = [];
        DateTimeOffset? wake = queue.Dispatch(events.Moment, granted);
        if (wake is { } moment && wake != wakeAt)
        {
            wakeAt = wake;
            events.At((moment - Start).TotalSeconds, () => { });
        }

        foreach (QuotaGrant<int> grant in granted)
        {
            double sentAt = events.Now;
            events.At(sentAt + 0.01 + (0.04 * random.NextDouble()), () => Arrive(grant, sentAt));
        }
    }

    private void Arrive(QuotaGrant<int> grant, double sentAt)
    {
        Sent++;
        if (!provider.TryCharge(0, events.Now, out int retryAfterSeconds))
        {
            Refused++;
            queue.Limits.Cancel(grant.Hold, events.Moment);
            bucket.Refused(TimeSpan.FromSeconds(retryAfterSeconds), 0, events.Moment);
            Enqueue(grant.Ticket.Item.Item);
            return;
        }

        long length = 1 + (long)(-meanTokens * Math.Log(1 - random.NextDouble()));
        long remaining = provider.Remaining;
        events.At(events.Now + 0.5, () =>
        {
            var reading = new ProviderReading(remaining, 1000, TimeSpan.FromSeconds(events.Now - sentAt), events.Moment, provider.Limit);
            bucket.Observe(reading, queue.Limits.ChargedAfter(grant.Hold, Dimension.OutputTokens), events.Moment);
            Stream(grant, sentAt, length, 0);
        });
    }

    private void Stream(QuotaGrant<int> grant, double sentAt, long length, long produced)
    {
        long piece = Math.Min(length - produced, (long)(tokensPerSecond * Piece));
        provider.TryCharge(piece, events.Now, out _, force: true);
        Charged += piece;
        queue.Limits.Debit(grant.Hold, Dimension.OutputTokens, piece, events.Moment);
        if (produced + piece < length)
        {
            events.At(events.Now + Piece, () => Stream(grant, sentAt, length, produced + piece));
            return;
        }

        lengths.Learn("m", length, TimeSpan.FromSeconds(events.Now - sentAt));
        queue.Settle(grant, new Amounts(1, OutputTokens: length), events.Moment);
        Enqueue(grant.Ticket.Item.Item);
    }
}
