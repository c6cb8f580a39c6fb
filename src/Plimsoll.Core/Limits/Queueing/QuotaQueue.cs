namespace Plimsoll.Core.Limits.Queueing;

/// <summary>A fair queue in front of a vector of limits: says who may be sent now, and when to ask again.</summary>
/// <remarks>
/// A request that does not fit keeps its place. Others of its priority may pass it, if they fit, up to a bounded cost in all: as cost is seconds of quota,
/// that is also how much later it can start. Not thread-safe: one lock over queue and limits.
/// </remarks>
public sealed class QuotaQueue<T>
{
    /// <summary>How many requests may be looked at behind one that does not fit.</summary>
    private const int Lookahead = 16;

    private readonly FairQueue<QuotaRequest<T>> queue = new();
    private readonly double bypassSeconds;

    /// <param name="limits">The limits in front of which requests wait.</param>
    /// <param name="bypassSeconds">Seconds of quota that may pass a request which does not fit; 0: nobody passes.</param>
    public QuotaQueue(LimitVector limits, double bypassSeconds = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bypassSeconds);
        Limits = limits;
        this.bypassSeconds = bypassSeconds;
    }

    public LimitVector Limits { get; }

    /// <summary>Requests that wait.</summary>
    public int Count => queue.Count;

    /// <summary>The request that is next, or null.</summary>
    public FairTicket<QuotaRequest<T>>? First => queue.First;

    /// <summary>Takes quota at once where nobody waits and it is there; else the request has to be added.</summary>
    public bool TryPass(QuotaRequest<T> request, FairShare share, DateTimeOffset now, out QuotaGrant<T> grant)
    {
        grant = default;
        if (queue.Count > 0 || !Limits.TryTake(request.Demand, now, request.Lifetime, out HoldId hold).IsNow)
        {
            return false;
        }

        grant = new QuotaGrant<T>(queue.Alone(request, share, Limits.CostOf(request.Demand)), hold);
        return true;
    }

    /// <summary>Adds a request; null if it can never fit, for which <see cref="LimitVector.OpeningFor"/> has the reason.</summary>
    public FairTicket<QuotaRequest<T>>? Add(QuotaRequest<T> request, FairShare share, DateTimeOffset now) =>
        Limits.OpeningFor(request.Demand, now).Kind == OpeningKind.Never ? null : queue.Add(request, share, Limits.CostOf(request.Demand));

    /// <summary>Takes out a request that gave up; false if it does not wait.</summary>
    public bool Remove(FairTicket<QuotaRequest<T>> ticket) => queue.Remove(ticket);

    /// <summary>Ends a hold with what was used, and charges its task for the difference.</summary>
    public bool Settle(QuotaGrant<T> grant, Amounts actual, DateTimeOffset now)
    {
        if (!Limits.Settle(grant.Hold, actual, now))
        {
            return false;
        }

        var used = new Demand(actual, grant.Ticket.Item.Demand.Output with { MeanTokens = actual.OutputTokens });
        queue.Correct(grant.Ticket.Share, Limits.CostOf(used) - grant.Ticket.Cost);
        return true;
    }

    /// <summary>Ends a hold whose request never reached the provider or was refused there: its task pays nothing.</summary>
    public bool Cancel(QuotaGrant<T> grant, DateTimeOffset now)
    {
        if (!Limits.Cancel(grant.Hold, now))
        {
            return false;
        }

        queue.Correct(grant.Ticket.Share, -grant.Ticket.Cost);
        return true;
    }

    /// <summary>Takes quota for all who may be sent now; call it after every change and at the moment it returns.</summary>
    /// <param name="granted">Who may be sent is added here, in order.</param>
    /// <returns>The next moment at which something may change by itself, or null.</returns>
    public DateTimeOffset? Dispatch(DateTimeOffset now, ICollection<QuotaGrant<T>> granted)
    {
        Limits.Expire(now);
        DateTimeOffset? wakeAt;
        while (SendOne(now, granted, out wakeAt))
        {
        }

        return Earlier(wakeAt, Limits.NextExpiry);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right : left;

    private bool SendOne(DateTimeOffset now, ICollection<QuotaGrant<T>> granted, out DateTimeOffset? wakeAt)
    {
        List<FairTicket<QuotaRequest<T>>>? blocked = null;
        double slack = double.PositiveInfinity;
        wakeAt = null;
        int looked = 0;
        foreach (FairTicket<QuotaRequest<T>> ticket in queue.InOrder())
        {
            if (++looked > Lookahead || slack <= 0 || (blocked is not null && ticket.Share.Priority < blocked[0].Share.Priority))
            {
                break;
            }

            if (ticket.Cost > slack)
            {
                continue;
            }

            Opening opening = Limits.TryTake(ticket.Item.Demand, now, ticket.Item.Lifetime, out HoldId hold);
            if (opening.IsNow)
            {
                blocked?.ForEach(passed => passed.Passed += ticket.Cost);
                queue.Serve(ticket);
                granted.Add(new QuotaGrant<T>(ticket, hold));
                return true;
            }

            (blocked ??= []).Add(ticket);
            slack = Math.Min(slack, bypassSeconds - ticket.Passed);
            wakeAt = opening.Kind == OpeningKind.Later ? Earlier(wakeAt, opening.NotBefore) : wakeAt;
        }

        return false;
    }
}
