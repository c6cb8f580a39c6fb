using Plimsoll.Core.Limits.Learning;

namespace Plimsoll.Core.Limits;

/// <summary>All limits of one account and model class: a request takes from every dimension at once or from none.</summary>
/// <remarks>
/// A hold ends by <see cref="Settle"/> (what was really used), <see cref="Cancel"/> (never sent) or at its expiry; each counts once, later calls
/// are answered with false. Not thread-safe: one lock, one owner.
/// </remarks>
public sealed class LimitVector
{
    /// <summary>Ended holds that may be kept besides as many as live.</summary>
    private const int MostEnded = 1024;

    private readonly ILimit?[] limits = new ILimit?[Dimensions];
    private readonly ChargeLog[] logs = [.. Enumerable.Range(0, Dimensions).Select(_ => new ChargeLog())];
    private OutputGate? gate;
    private readonly Dictionary<long, Hold> holds = [];

    // Both keep ended holds until these come to the front: that costs nothing per hold, where sorted sets would allocate.
    private readonly Queue<long> inOrder = new();
    private readonly PriorityQueue<long, DateTimeOffset> expiries = new();
    private long lastId;

    /// <param name="limits">The limits there are; a dimension without one is not limited.</param>
    /// <param name="meteredOutput">The gate for output that is charged as it is produced; its bucket must be among the limits.</param>
    public LimitVector(IReadOnlyDictionary<Dimension, ILimit> limits, OutputGate? meteredOutput = null)
    {
        foreach ((Dimension dimension, ILimit limit) in limits)
        {
            this.limits[(int)dimension] = limit;
        }

        gate = meteredOutput;
        if (gate is not null && !ReferenceEquals(this[Dimension.OutputTokens], gate.Bucket))
        {
            throw new ArgumentException("the bucket of metered output must be the limit on output tokens", nameof(meteredOutput));
        }
    }

    /// <summary>Holds that ended because nobody settled them in time.</summary>
    public long ExpiredHolds { get; private set; }

    /// <summary>Requests in flight.</summary>
    public int LiveHolds => holds.Count;

    /// <summary>When the next hold expires, or null.</summary>
    public DateTimeOffset? NextExpiry => FirstToExpire(out _, out DateTimeOffset at) ? at : null;

    private static int Dimensions { get; } = Enum.GetValues<Dimension>().Length;

    /// <summary>The limit of a dimension, or null.</summary>
    public ILimit? this[Dimension dimension] => limits[(int)dimension];

    /// <summary>Adds a limit that has become known; what is held already takes nothing from it.</summary>
    /// <param name="meteredOutput">The gate in front of it, if it is a limit on output that is charged as it is produced.</param>
    public void Add(Dimension dimension, ILimit limit, OutputGate? meteredOutput = null)
    {
        if (limits[(int)dimension] is not null)
        {
            throw new InvalidOperationException($"there is a limit on {dimension} already");
        }

        limits[(int)dimension] = limit;
        gate = meteredOutput ?? gate;
    }

    /// <summary>When a demand fits all dimensions; exact as long as nothing is taken, returned or learned until then.</summary>
    public Opening OpeningFor(Demand demand, DateTimeOffset now)
    {
        Opening opening = Opening.Now;
        for (int index = 0; index < limits.Length; index++)
        {
            var dimension = (Dimension)index;
            if (limits[index] is { } limit)
            {
                Opening next = limit.OpeningFor(demand.Amounts[dimension], now);
                if (gate is not null && dimension == Dimension.OutputTokens)
                {
                    next = next.And(gate.OpeningFor(demand.Output, now));
                }

                opening = opening.And(next.IsNow ? next : next with { Blocking = dimension });
            }
        }

        return opening;
    }

    /// <summary>Takes a demand from all dimensions if it fits, else nothing.</summary>
    /// <param name="lifetime">When the hold expires unless it is settled before.</param>
    /// <param name="hold">The hold if the answer is <see cref="OpeningKind.Now"/>.</param>
    public Opening TryTake(Demand demand, DateTimeOffset now, TimeSpan lifetime, out HoldId hold)
    {
        Expire(now);
        Opening opening = OpeningFor(demand, now);
        hold = default;
        if (!opening.IsNow)
        {
            (limits[(int)opening.Blocking!] as ProviderBucket)?.Depth.Waited();
            return opening;
        }

        hold = new HoldId(++lastId);
        long[] charged = new long[limits.Length];
        for (int index = 0; index < limits.Length; index++)
        {
            Charge(index, charged, hold, limits[index]?.ChargeFor(demand.Amounts[(Dimension)index]) ?? 0, now);
        }

        gate?.Open(hold, demand.Output);
        var taken = new Hold(hold, charged, now, now + lifetime);
        holds.Add(hold.Value, taken);
        inOrder.Enqueue(hold.Value);
        expiries.Enqueue(hold.Value, taken.Expires);
        if (inOrder.Count > (2 * holds.Count) + MostEnded)
        {
            DropEnded();
        }

        return opening;
    }

    /// <summary>Charges what a live request has used beyond its hold, as output while it is streamed.</summary>
    public bool Debit(HoldId hold, Dimension dimension, long amount, DateTimeOffset now)
    {
        if (amount <= 0 || !holds.TryGetValue(hold.Value, out Hold? live))
        {
            return false;
        }

        Charge((int)dimension, live.Charged, hold, amount, now);
        if (dimension == Dimension.OutputTokens)
        {
            gate?.Produced(hold, amount);
        }

        return true;
    }

    /// <summary>Corrects what a live request was charged as soon as the provider has counted it; the rest follows with <see cref="Settle"/>.</summary>
    public bool Correct(HoldId hold, Dimension dimension, long actual, DateTimeOffset now)
    {
        if (limits[(int)dimension] is not { } limit || !holds.TryGetValue(hold.Value, out Hold? live))
        {
            return false;
        }

        long missing = limit.ChargeFor(actual) - live.Charged[(int)dimension];
        if (missing > 0 || limit.Refunds)
        {
            Charge((int)dimension, live.Charged, hold, missing, now, live.TakenAt);
        }

        return true;
    }

    /// <summary>Ends a hold with what the provider has counted: charges what was missing, and returns the rest where the limit does.</summary>
    public bool Settle(HoldId hold, Amounts actual, DateTimeOffset now)
    {
        if (!End(hold, out Hold? ended))
        {
            return false;
        }

        for (int index = 0; index < limits.Length; index++)
        {
            if (limits[index] is { } limit)
            {
                var dimension = (Dimension)index;
                long used = dimension == Dimension.Concurrency ? 0 : limit.ChargeFor(actual[dimension]);
                long missing = used - ended.Charged[index];
                if (missing > 0 || limit.Refunds)
                {
                    Charge(index, ended.Charged, hold, missing, now, ended.TakenAt);
                }
            }
        }

        return true;
    }

    /// <summary>Ends a hold whose request never reached the provider: everything comes back.</summary>
    public bool Cancel(HoldId hold, DateTimeOffset now)
    {
        if (!End(hold, out Hold? ended))
        {
            return false;
        }

        for (int index = 0; index < limits.Length; index++)
        {
            Charge(index, ended.Charged, hold, -ended.Charged[index], now, ended.TakenAt);
        }

        return true;
    }

    /// <summary>Ends holds that are past their time: places come back, what was charged stays charged. Returns how many.</summary>
    public int Expire(DateTimeOffset now)
    {
        int count = 0;
        while (FirstToExpire(out long first, out DateTimeOffset at) && at <= now && End(new HoldId(first), out Hold? ended))
        {
            const int places = (int)Dimension.Concurrency;
            Charge(places, ended.Charged, ended.Id, -ended.Charged[places], now, ended.TakenAt);
            count++;
        }

        ExpiredHolds += count;
        return count;
    }

    /// <summary>What requests sent after this one have been charged: the part that the headers of its answer cannot know.</summary>
    public long ChargedAfter(HoldId hold, Dimension dimension) => logs[(int)dimension].After(hold.Value);

    /// <summary>The dominant share of a demand in seconds of quota; with nothing but places, the fraction of them.</summary>
    /// <remarks>A. Ghodsi et al., "Dominant resource fairness", NSDI 2011, with rates in place of amounts.</remarks>
    public double CostOf(Demand demand)
    {
        double seconds = 0;
        for (int index = 0; index < limits.Length; index++)
        {
            if (limits[index] is { } limit and not ConcurrencyLimit)
            {
                bool metered = gate is not null && index == (int)Dimension.OutputTokens;
                long amount = metered ? (long)Math.Ceiling(demand.Output.MeanTokens) : demand.Amounts[(Dimension)index];
                seconds = Math.Max(seconds, limit.CostOf(amount));
            }
        }

        return seconds > 0 ? seconds : this[Dimension.Concurrency]?.CostOf(demand.Amounts.Concurrency) ?? 0;
    }

    /// <summary>Behind one that lives long, ended holds would gather.</summary>
    private void DropEnded()
    {
        long[] live = [.. inOrder.Where(holds.ContainsKey)];
        inOrder.Clear();
        expiries.Clear();
        foreach (long id in live)
        {
            inOrder.Enqueue(id);
            expiries.Enqueue(id, holds[id].Expires);
        }
    }

    private bool FirstToExpire(out long hold, out DateTimeOffset at)
    {
        while (expiries.TryPeek(out hold, out at))
        {
            if (holds.ContainsKey(hold))
            {
                return true;
            }

            expiries.Dequeue();
        }

        return false;
    }

    private bool End(HoldId hold, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Hold? ended)
    {
        if (!holds.Remove(hold.Value, out ended))
        {
            return false;
        }

        gate?.Close(hold);
        while (inOrder.TryPeek(out long front) && !holds.ContainsKey(front))
        {
            inOrder.Dequeue();
        }

        long oldest = inOrder.TryPeek(out long live) ? live : lastId + 1;
        foreach (ChargeLog log in logs)
        {
            log.Forget(oldest);
        }

        return true;
    }

    private void Charge(int index, long[] charged, HoldId hold, long amount, DateTimeOffset now, DateTimeOffset takenAt = default)
    {
        if (limits[index] is not { } limit || amount == 0)
        {
            return;
        }

        if (amount > 0)
        {
            limit.Take(amount, now);
        }
        else
        {
            limit.Return(-amount, takenAt, now);
        }

        charged[index] += amount;
        logs[index].Add(hold.Value, amount);
    }
}
