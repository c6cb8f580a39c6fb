namespace Plimsoll.Core.Limits.Queueing;

/// <summary>Waiting requests in the order in which they should be sent: by priority, then weighted fair per task.</summary>
/// <remarks>
/// While a higher priority is served, a twentieth of its cost is put aside for the request below that has waited longest, so that nobody
/// starves. Not thread-safe. Cost: logarithmic in the number of tasks that wait.
/// </remarks>
public sealed class FairQueue<T>
{
    private const double LowerShare = 0.05;

    private readonly SortedDictionary<int, FairLevel<T>> levels = new(Comparer<int>.Create(static (left, right) => right.CompareTo(left)));
    private long sequence;
    private double setAside;

    /// <summary>Requests that wait.</summary>
    public int Count { get; private set; }

    /// <summary>The request to send next, or null.</summary>
    public FairTicket<T>? First => InOrder().FirstOrDefault();

    /// <summary>Adds a request.</summary>
    /// <param name="cost">What it is expected to use in seconds of quota, zero or more.</param>
    public FairTicket<T> Add(T item, FairShare share, double cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share.Weight);
        var ticket = new FairTicket<T>(item, share, cost, ++sequence);
        if (!levels.TryGetValue(share.Priority, out FairLevel<T>? level))
        {
            levels.Add(share.Priority, level = new FairLevel<T>());
        }

        level.Add(ticket);
        Count++;
        return ticket;
    }

    /// <summary>A ticket for what is served without waiting, as nobody waits: then all tasks are even, and none pays.</summary>
    internal FairTicket<T> Alone(T item, FairShare share, double cost)
    {
        setAside = 0;
        return new FairTicket<T>(item, share, cost, ++sequence);
    }

    /// <summary>Takes out a request that is not to be sent any more; false if it does not wait.</summary>
    public bool Remove(FairTicket<T> ticket)
    {
        if (ticket.Place is null)
        {
            return false;
        }

        TakeOut(ticket, served: false);
        return true;
    }

    /// <summary>Takes out a request because it is sent; its task pays its cost.</summary>
    public void Serve(FairTicket<T> ticket)
    {
        if (ticket.Place is null)
        {
            throw new InvalidOperationException("a request is served once");
        }

        FairTicket<T>? lower = Lower();
        if (lower is null)
        {
            setAside = 0;
        }
        else if (ticket.Share.Priority < Top()!.Value.Key)
        {
            setAside = Math.Max(0, setAside - ticket.Cost);
        }
        else
        {
            setAside += LowerShare * ticket.Cost;
        }

        TakeOut(ticket, served: true);
    }

    /// <summary>Charges a task for what a request used beyond its cost; a negative amount gives back.</summary>
    public void Correct(FairShare share, double cost)
    {
        if (levels.TryGetValue(share.Priority, out FairLevel<T>? level))
        {
            level.Correct(share, cost);
        }
    }

    /// <summary>The first request of each task in the order of service; the queue must not change meanwhile.</summary>
    public IEnumerable<FairTicket<T>> InOrder()
    {
        FairTicket<T>? turn = Lower() is { } lower && setAside >= lower.Cost ? lower : null;
        if (turn is not null)
        {
            yield return turn;
        }

        foreach (FairLevel<T> level in levels.Values)
        {
            foreach (FairTicket<T> ticket in level.Heads)
            {
                if (!ReferenceEquals(ticket, turn))
                {
                    yield return ticket;
                }
            }
        }
    }

    private KeyValuePair<int, FairLevel<T>>? Top()
    {
        foreach (KeyValuePair<int, FairLevel<T>> level in levels)
        {
            if (!level.Value.IsEmpty)
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>Below the highest priority that waits: of the first of each level the one that came first.</summary>
    private FairTicket<T>? Lower()
    {
        FairTicket<T>? lower = null;
        bool top = true;
        foreach (FairLevel<T> level in levels.Values)
        {
            if (level.First is not { } head)
            {
                continue;
            }

            lower = !top && (lower is null || head.Sequence < lower.Sequence) ? head : lower;
            top = false;
        }

        return lower;
    }

    private void TakeOut(FairTicket<T> ticket, bool served)
    {
        levels[ticket.Share.Priority].Remove(ticket, served);
        Count--;
    }
}
