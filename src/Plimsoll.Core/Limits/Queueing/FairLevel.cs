namespace Plimsoll.Core.Limits.Queueing;

/// <summary>One priority: start-time fair queueing over tasks.</summary>
/// <remarks>
/// P. Goyal, H. Vin, H. Cheng, "Start-time fair queueing", SIGCOMM 1996. Virtual time is the start of the request served last; a task that returns
/// starts there or where its last request ended, whichever is later, so that being idle earns nothing. When nobody waits, everybody is even.
/// </remarks>
internal sealed class FairLevel<T>
{
    private static readonly Comparer<FairFlow<T>> ByStart = Comparer<FairFlow<T>>.Create(static (left, right) =>
        left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.Order != right.Order ? left.Order.CompareTo(right.Order) : left.Key.CompareTo(right.Key));

    private readonly Dictionary<long, FairFlow<T>> flows = [];
    private readonly SortedSet<FairFlow<T>> waiting = new(ByStart);
    private readonly SortedSet<FairFlow<T>> idle = new(ByStart);
    private double virtualTime;

    public bool IsEmpty => waiting.Count == 0;

    public FairTicket<T>? First => waiting.Min?.Line.First!.Value;

    /// <summary>The first request of each task, in order of service.</summary>
    public IEnumerable<FairTicket<T>> Heads => waiting.Select(flow => flow.Line.First!.Value);

    public void Add(FairTicket<T> ticket)
    {
        FairFlow<T> flow = FlowOf(ticket.Share.Flow);
        if (flow.Line.Count == 0)
        {
            idle.Remove(flow);
            flow.Start = Math.Max(virtualTime, flow.Start);
            flow.Order = ticket.Sequence;
            waiting.Add(flow);
        }

        ticket.Place = flow.Line.AddLast(ticket);
    }

    /// <summary>Takes a waiting request out; if it is served, its task pays for it.</summary>
    public void Remove(FairTicket<T> ticket, bool served)
    {
        FairFlow<T> flow = flows[ticket.Share.Flow];
        waiting.Remove(flow);
        flow.Line.Remove(ticket.Place!);
        ticket.Place = null;
        if (served)
        {
            virtualTime = Math.Max(virtualTime, flow.Start);
            flow.Start += ticket.Cost / ticket.Share.Weight;
        }

        if (flow.Line.Count > 0)
        {
            flow.Order = flow.Line.First!.Value.Sequence;
            waiting.Add(flow);
        }
        else
        {
            idle.Add(flow);
        }

        ForgetEven();
    }

    /// <summary>Charges a task for what a served request used beyond its cost, or gives it back.</summary>
    public void Correct(FairShare share, double cost)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        FairFlow<T> flow = FlowOf(share.Flow);
        SortedSet<FairFlow<T>> owner = flow.Line.Count > 0 ? waiting : idle;
        owner.Remove(flow);
        flow.Start += cost / share.Weight;
        owner.Add(flow);
        ForgetEven();
    }

    private FairFlow<T> FlowOf(long key)
    {
        if (!flows.TryGetValue(key, out FairFlow<T>? flow))
        {
            flows.Add(key, flow = new FairFlow<T>(key) { Start = virtualTime });
            idle.Add(flow);
        }

        return flow;
    }

    /// <summary>Forgets idle tasks that owe nothing; all of them when nobody waits.</summary>
    private void ForgetEven()
    {
        while (idle.Min is { } flow && (waiting.Count == 0 || flow.Start <= virtualTime))
        {
            virtualTime = Math.Max(virtualTime, flow.Start);
            idle.Remove(flow);
            flows.Remove(flow.Key);
        }
    }
}
