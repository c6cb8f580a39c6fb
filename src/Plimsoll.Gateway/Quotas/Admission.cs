using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>The quota of one request from its grant to its end; ends once, later calls change nothing.</summary>
internal sealed class Admission
{
    private const int TokensPerDebit = 32;

    private readonly Quota quota;
    private readonly Waiter waiter;
    private readonly GatewayClock clock;
    private readonly long lead;
    private readonly long sent;
    private long debited;
    private bool began;
    private bool ended;
    private (DateTimeOffset Arrived, TimeSpan Queued) waited;

    private Admission(Quota quota, Waiter waiter, long lead, GatewayClock clock)
    {
        this.quota = quota;
        this.waiter = waiter;
        this.lead = lead;
        this.clock = clock;
        sent = clock.Time.GetTimestamp();
    }

    /// <summary>Waits for quota, and for the leader of a cold prefix; null if it took longer than the patience.</summary>
    public static async ValueTask<Admission?> WaitAsync(Quota quota, QuotaCall call, TimeSpan patience, GatewayClock clock, CancellationToken cancellation)
    {
        long began = clock.Time.GetTimestamp();
        DateTimeOffset arrived = clock.Now;
        while (true)
        {
            Waiter waiter = new(call);
            if (!quota.Enter(waiter) && !await IsGrantedAsync(quota, waiter, patience - clock.Time.GetElapsedTime(began), clock, cancellation))
            {
                return null;
            }

            if (quota.IsReady(waiter, out PrefixTurn turn))
            {
                return new(quota, waiter, turn.Lead, clock) { waited = (arrived, clock.Time.GetElapsedTime(began)) };
            }

            TimeSpan left = patience - clock.Time.GetElapsedTime(began);
            if (turn.Leader is { } leader && !await IsThereAsync(leader, Shorter(turn.Until - clock.Now, left), clock, cancellation) && left <= TimeSpan.Zero)
            {
                return null;
            }
        }
    }

    /// <summary>The headers of a good answer came.</summary>
    public void Answered(ReadOnlySpan<LimitReading> readings) => quota.Answered(waiter, readings, clock.Time.GetElapsedTime(sent), waited);

    /// <summary>The provider has begun to answer: what it caches is there for others.</summary>
    /// <param name="told">What it says at the beginning; null or without input where it says nothing yet.</param>
    public void Began(TokenCounts? told)
    {
        if (told is { Prompt: > 0 } known && !ended)
        {
            quota.InputKnown(waiter, known);
        }

        if (!began)
        {
            began = true;
            quota.Report(lead, began: true);
        }
    }

    /// <param name="tokens">All output so far; charged in steps.</param>
    public void Produced(long tokens)
    {
        if (tokens - debited >= TokensPerDebit)
        {
            quota.Produced(waiter, tokens - debited);
            debited = tokens;
        }
    }

    /// <param name="counts">What the provider has told, if it has.</param>
    /// <param name="isWhole">Whether the answer came to its end.</param>
    public void Settle(TokenCounts? counts, bool isWhole)
    {
        if (End())
        {
            quota.Settle(waiter, counts, isWhole ? clock.Time.GetElapsedTime(sent) : null);
        }
    }

    public void Cancel()
    {
        if (End())
        {
            quota.Cancel(waiter);
        }
    }

    public void Refused(ProviderRefusal refusal, ReadOnlySpan<LimitReading> readings)
    {
        if (End())
        {
            quota.Refused(waiter, refusal, readings, clock.Time.GetElapsedTime(sent));
        }
    }

    private static async ValueTask<bool> IsGrantedAsync(Quota quota, Waiter waiter, TimeSpan patience, GatewayClock clock, CancellationToken cancellation)
    {
        try
        {
            if (await IsThereAsync(waiter.Granted, patience, clock, cancellation))
            {
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            if (!quota.Leave(waiter))
            {
                quota.Cancel(waiter);
            }

            throw;
        }

        return !quota.Leave(waiter);
    }

    private static async ValueTask<bool> IsThereAsync(Task awaited, TimeSpan patience, GatewayClock clock, CancellationToken cancellation)
    {
        if (patience <= TimeSpan.Zero)
        {
            return awaited.IsCompleted;
        }

        try
        {
            await awaited.WaitAsync(patience, clock.Time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private bool End()
    {
        if (ended)
        {
            return false;
        }

        ended = true;
        if (!began)
        {
            quota.Report(lead, began: false);
        }

        return true;
    }
}
