using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Limits.Queueing;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>One account and model class: who waits for its quota, who holds some, and what was learned.</summary>
/// <remarks>One lock over queue, limits and estimates; nothing is awaited and nobody is called inside it. After each change those whose turn it is are let go.</remarks>
internal sealed class Quota : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    /// <summary>A provider that asks for no wait is not asked again in the same moment.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(4);

    private readonly Lock gate = new();
    private readonly GatewayClock clock;
    private readonly KnownLimits limits;
    private readonly Estimates estimates;
    private readonly QuotaQueue<Waiter> queue;
    private readonly Prefixes prefixes = new();
    private readonly FirstByteTimes firstBytes = new();
    private readonly FeedTracker feeds = new();
    private readonly List<QuotaGrant<Waiter>> granted = [];
    private readonly ITimer timer;
    private DateTimeOffset armedFor = DateTimeOffset.MaxValue;
    private DateTimeOffset restUntil;
    private double waitingSeconds;
    private int refusalsInRow;

    public Quota(string models, KnownLimits limits, Estimates estimates, GatewayClock clock)
    {
        Models = models;
        this.clock = clock;
        this.limits = limits;
        this.estimates = estimates;
        queue = new(limits.Vector);
        timer = clock.Time.CreateTimer(static quota => ((Quota)quota!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The model or pattern the limits belong to.</summary>
    public string Models { get; }

    /// <summary>429 answers so far.</summary>
    public long Refusals { get; private set; }

    /// <summary>Requests that wait or are in flight.</summary>
    public int Load { get; private set; }

    /// <summary>Requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return queue.Count;
        }
    }

    /// <summary>Holds whose request never said how it ended.</summary>
    public long ExpiredHolds
    {
        get
        {
            lock (gate)
                return limits.Vector.ExpiredHolds;
        }
    }

    /// <summary>Whether a refusal stops it now.</summary>
    public bool IsResting => restUntil > clock.Now;

    /// <summary>How long the provider takes to begin an answer, at worst.</summary>
    public TimeSpan FirstByte => firstBytes.Quantile;

    /// <summary>Queues a request; whether its quota is there at once.</summary>
    public bool Enter(Waiter waiter)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            QuotaCall call = waiter.Call;
            Demand demand = estimates.Of(call, call.Prefixes.Length > 0 ? prefixes.CachedTokens(call, estimates, now) : 0);
            waiter.Demand = demand;
            QuotaRequest<Waiter> request = new(waiter, demand, Lifetime);
            if (restUntil <= now && queue.TryPass(request, call.Share, now, out QuotaGrant<Waiter> grant))
            {
                waiter.Give(grant);
                Load = limits.Vector.LiveHolds;
                return true;
            }

            waiter.Ticket = queue.Add(request, call.Share, now);
            waitingSeconds += waiter.Ticket?.Cost ?? 0;
            Dispatch(now);
            return waiter.Grant is not null;
        }
    }

    /// <summary>Takes a request out of the queue; false if its quota came at the same moment, so that it must be used or given back.</summary>
    public bool Leave(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.Ticket is not { } ticket || !queue.Remove(ticket))
            {
                return false;
            }

            waitingSeconds -= ticket.Cost;
            Dispatch(clock.Now);
            return true;
        }
    }

    /// <summary>Says whether a request with its quota can be sent; if not, its quota has been given back.</summary>
    public bool IsReady(Waiter waiter, out PrefixTurn turn)
    {
        turn = default;
        if (waiter.Call.Prefixes.Length == 0)
        {
            return true;
        }

        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            PrefixAnswer answer = prefixes.Ask(waiter.Call, estimates, now);
            if (answer.Role == PrefixRole.Follower)
            {
                turn = new(0, prefixes.Of(answer.Lead), answer.WaitUntil);
                GiveBack(waiter, now);
                Dispatch(now);
                return false;
            }

            turn = new(answer.Lead, null, default);
            if (estimates.Of(waiter.Call, answer.CachedTokens).Amounts.InputTokens > waiter.Demand.Amounts.InputTokens)
            {
                // While it waited its prefix has left the provider's cache: it needs more than it got.
                Report(turn.Lead, began: false, now);
                GiveBack(waiter, now);
                Dispatch(now);
                return false;
            }

            return true;
        }
    }

    /// <summary>The headers of a good answer came.</summary>
    /// <param name="waited">When the request came, and how long it waited for quota; default: not known.</param>
    public void Answered(Waiter waiter, ReadOnlySpan<LimitReading> readings, TimeSpan roundTrip, (DateTimeOffset Arrived, TimeSpan Queued) waited = default)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            if (waited.Arrived != default)
            {
                feeds.Sent(waiter.Call.Share.Flow, waited.Arrived, waited.Queued);
            }

            refusalsInRow = 0;
            firstBytes.Add(roundTrip);
            limits.Answered(limits.Vector.LiveHolds);
            limits.Observe(readings, waiter.Grant!.Value.Hold, roundTrip, now);
            Dispatch(now);
        }
    }

    /// <summary>The prefixes of a leader are in the cache, or will not be.</summary>
    public void Report(long lead, bool began)
    {
        if (lead != 0)
        {
            lock (gate)
                Report(lead, began, clock.Now);
        }
    }

    /// <summary>The provider has counted the input, long before the end of the answer: whoever waits for what was estimated too high need not wait so long.</summary>
    public void InputKnown(Waiter waiter, TokenCounts told)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            limits.Vector.Correct(waiter.Grant!.Value.Hold, Dimension.InputTokens, estimates.Used(waiter.Call, waiter.Demand.Amounts, told).InputTokens, now);
            Dispatch(now);
        }
    }

    /// <summary>Charges output while it is produced, where the provider does so.</summary>
    public void Produced(Waiter waiter, long tokens)
    {
        if (!limits.MetersOutput || tokens <= 0)
        {
            return;
        }

        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            HoldId hold = waiter.Grant!.Value.Hold;
            limits.Vector.Debit(hold, Dimension.OutputTokens, tokens, now);
            limits.Vector.Debit(hold, Dimension.TotalTokens, tokens, now);
            waiter.Produced += tokens;
            Dispatch(now);
        }
    }

    /// <summary>A request has ended with what the provider has counted.</summary>
    /// <param name="told">Null where the provider did not say: what was charged stays.</param>
    /// <param name="duration">From sending to the end; null where the answer is not whole, so that its length teaches nothing.</param>
    public void Settle(Waiter waiter, TokenCounts? told, TimeSpan? duration)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            Amounts asked = waiter.Demand.Amounts;
            Amounts used = told is { } counts ? estimates.Used(waiter.Call, asked, counts) : asked with { OutputTokens = waiter.Produced };
            queue.Settle(waiter.Grant!.Value, used, now);
            if (told is { } learned && duration is { } whole)
            {
                feeds.Used(limits.Vector.CostOf(new(used, waiter.Demand.Output with { MeanTokens = used.OutputTokens })));
                estimates.Learn(waiter.Call, learned, whole);
            }

            Dispatch(now);
        }
    }

    /// <summary>The request never reached the provider.</summary>
    public void Cancel(Waiter waiter)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            GiveBack(waiter, now);
            Dispatch(now);
        }
    }

    /// <summary>The provider refused the request for lack of quota.</summary>
    /// <param name="readings">What the headers of the refusal say.</param>
    public void Refused(Waiter waiter, ProviderRefusal refusal, ReadOnlySpan<LimitReading> readings, TimeSpan roundTrip)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            Refusals++;
            limits.Observe(readings, waiter.Grant!.Value.Hold, roundTrip, now);
            GiveBack(waiter, now);
            TimeSpan wait = refusal.Wait ?? ShortestRest * Math.Pow(2, Math.Min(5, refusalsInRow++));
            wait = wait < LeastWait ? LeastWait : wait < LongestRest ? wait : LongestRest;
            TimeSpan rest = limits.Refused(refusal, waiter.Demand.Amounts, wait, now);
            restUntil = now + rest > restUntil ? now + rest : restUntil;
            Dispatch(now);
        }
    }

    public QuotaSnapshot Snapshot(string provider, string account)
    {
        lock (gate)
            return new(provider, account, Models, queue.Count, limits.Vector.LiveHolds, Refusals, [.. limits.Levels(clock.Now)]);
    }

    /// <summary>How many agents can be fed, how long a new request would wait, and the dimension that binds with the share used.</summary>
    public (int? Feeds, double QueueSeconds, double Used, Dimension? Binding) Feed()
    {
        lock (gate)
        {
            DateTimeOffset now = clock.Now;
            double rest = restUntil > now ? (restUntil - now).TotalSeconds : 0;
            (Dimension Dimension, double Left)? tightest = limits.Tightest(now);
            return (feeds.Feeds, Math.Max(0, waitingSeconds) + rest, Math.Clamp(1 - (tightest?.Left ?? 1), 0, 1), tightest?.Dimension);
        }
    }

    public void Dispose()
    {
        timer.Dispose();
    }

    private void Wake()
    {
        lock (gate)
        {
            armedFor = DateTimeOffset.MaxValue;
            Dispatch(clock.Now);
        }
    }

    private void Report(long lead, bool began, DateTimeOffset now)
    {
        if (lead != 0)
        {
            prefixes.Report(lead, began, now);
        }
    }

    private void GiveBack(Waiter waiter, DateTimeOffset now)
    {
        queue.Cancel(waiter.Grant!.Value, now);
    }

    private void Dispatch(DateTimeOffset now)
    {
        Load = queue.Count + limits.Vector.LiveHolds;
        if (queue.Count == 0)
        {
            // Nobody waits: holds past their time are found by the next request.
            return;
        }

        DateTimeOffset? wakeAt = restUntil;
        if (restUntil <= now)
        {
            granted.Clear();
            wakeAt = queue.Dispatch(now, granted);
            foreach (QuotaGrant<Waiter> grant in granted)
            {
                waitingSeconds -= grant.Ticket.Cost;
                grant.Ticket.Item.Item.Give(grant);
            }
        }

        Load = queue.Count + limits.Vector.LiveHolds;
        if (wakeAt < armedFor)
        {
            // Whole steps, rounded up: a timer that fires early would find nothing.
            armedFor = wakeAt.Value;
            TimeSpan due = armedFor - now;
            timer.Change(due > TimeSpan.Zero ? TimerStep * Math.Ceiling(due / TimerStep) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
