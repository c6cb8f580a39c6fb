using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Limits.Queueing;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Simulation;

/// <summary>Agents, our queue and a provider in virtual time: input tokens bind, requests travel 10 to 50 ms, sizes are estimated from bytes.</summary>
internal sealed class QuotaSimulation(ModelBucket provider, IReadOnlyList<(long Input, long Output)> trace, int seed)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Random random = new(seed);
    private readonly VirtualEvents events = new();
    private readonly InputEstimator sizes = new();
    private readonly Dictionary<int, (int Agent, long Input, long Output, long Bytes, double AskedAt)> calls = [];
    private readonly Dictionary<int, double> usedByAgent = [];
    private QuotaQueue<int> queue = null!;
    private ProviderBucket bucket = null!;
    private DateTimeOffset? wakeAt;
    private int next;

    public int Sent { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Seconds after the warm-up in which somebody waited.</summary>
    public double BusySeconds { get; private set; }

    /// <summary>What the provider charged after the warm-up for calls that had waited.</summary>
    public double Charged { get; private set; }

    public IReadOnlyCollection<double> UsedByAgent => usedByAgent.Values;

    public double BurstSeconds => bucket.Depth.Seconds;

    public long ExpiredHolds => queue.Limits.ExpiredHolds;

    /// <summary>Closed loop: each agent sends its next call when the last has ended.</summary>
    public void RunAgents(int agents, double warmUpSeconds, double seconds)
    {
        Begin();
        for (int agent = 0; agent < agents; agent++)
        {
            int each = agent;
            events.At(0, () => Ask(each));
        }

        Run(warmUpSeconds, seconds);
    }

    /// <summary>Open loop: calls arrive as recorded, at a multiple of the recorded speed.</summary>
    public void Replay(IReadOnlyList<double> arrivals, double warmUpSeconds)
    {
        Begin();
        for (int call = 0; call < arrivals.Count; call++)
        {
            int agent = call % 100;
            events.At(arrivals[call], () => Ask(agent, again: false));
        }

        Run(warmUpSeconds, arrivals[^1]);
    }

    private void Begin()
    {
        bucket = new ProviderBucket(provider.Limit, Start, level: 0);
        queue = new QuotaQueue<int>(new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.InputTokens] = bucket }));
    }

    private void Run(double warmUpSeconds, double until)
    {
        events.At(warmUpSeconds, () => (Charged, BusySeconds) = (0, 0));
        while (events.TryNext(until, out double passed, out Action? action))
        {
            BusySeconds += queue.Count > 0 ? passed : 0;
            action();
            Dispatch();
        }
    }

    private void Ask(int agent, bool again = true)
    {
        (long input, long output) = trace[next % trace.Count];
        int call = next++;
        calls.Add(call, (again ? agent : -1 - agent, input, output, (long)(input * (3.2 + (1.6 * random.NextDouble()))), events.Now));
        Enqueue(call);
    }

    private void Enqueue(int call)
    {
        (int agent, _, _, long bytes, _) = calls[call];
        var demand = new Demand(new Amounts(sizes.Estimate("m", bytes)));
        queue.Add(new QuotaRequest<int>(call, demand, Lifetime), new FairShare(agent), events.Moment);
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

        foreach (QuotaGrant<int> grant in granted)
        {
            double sentAt = events.Now;
            bool waited = events.Now > calls[grant.Ticket.Item.Item].AskedAt;
            events.At(events.Now + Hop(), () => Arrive(grant, sentAt, waited));
        }
    }

    private void Arrive(QuotaGrant<int> grant, double sentAt, bool waited)
    {
        int call = grant.Ticket.Item.Item;
        Sent++;
        if (provider.TryCharge(calls[call].Input, events.Now, out int retryAfterSeconds))
        {
            long remaining = provider.Remaining;
            Charged += waited ? calls[call].Input : 0;
            events.At(events.Now + Hop() + 0.3 + (0.2 * random.NextDouble()), () => Answer(grant, remaining, sentAt));
            return;
        }

        Refused++;
        events.At(events.Now + Hop(), () =>
        {
            queue.Limits.Cancel(grant.Hold, events.Moment);
            bucket.Refused(TimeSpan.FromSeconds(retryAfterSeconds), grant.Ticket.Item.Demand.Amounts.InputTokens, events.Moment);
            Enqueue(call);
        });
    }

    private void Answer(QuotaGrant<int> grant, long remaining, double sentAt)
    {
        (int agent, long input, long output, long bytes, _) = calls[grant.Ticket.Item.Item];
        DateTimeOffset received = events.Moment;
        var reading = new ProviderReading(remaining, 1000, TimeSpan.FromSeconds(events.Now - sentAt), received, provider.Limit);
        bucket.Observe(reading, queue.Limits.ChargedAfter(grant.Hold, Dimension.InputTokens), received);
        queue.Settle(grant, new Amounts(input, output), received);
        sizes.Learn("m", bytes, input);
        calls.Remove(grant.Ticket.Item.Item);
        usedByAgent[agent] = usedByAgent.GetValueOrDefault(agent) + input;
        if (agent >= 0)
        {
            events.At(events.Now + (output / 50.0), () => Ask(agent));
        }
    }

    private double Hop() => 0.01 + (0.04 * random.NextDouble());
}
