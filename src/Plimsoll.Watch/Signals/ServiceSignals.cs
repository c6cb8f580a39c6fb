using System.Collections.Immutable;
using Plimsoll.Watch.Anomalies;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of what Plimsoll itself stands on: journal, requests, quotas, kills.</summary>
internal sealed class ServiceSignals
{
    private const int Commits = 60;

    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, double Seconds)> commits = new();
    private readonly CounterWindow kills = new(Ten);
    private readonly CounterWindow evictions = new(Ten);
    private readonly CounterWindow tokens = new(Ten);
    private readonly CounterWindow dollars = new(Ten);
    private readonly CounterWindow errors = new(TimeSpan.FromMinutes(5));
    private readonly CounterWindow requests = new(TimeSpan.FromMinutes(5));

    public void Read(WatchSample sample, SignalSet set)
    {
        if (sample.Journal is { } journal)
        {
            Read(journal, sample.At, set);
        }

        if (sample.Counters is { } counters)
        {
            Read(counters, sample.At, set);
        }

        ImmutableArray<QuotaReading> quotas = sample.Quotas;
        set.Set("quota.used", [.. quotas.Select(static one => new SignalValue($"{one.Provider} {one.Dimension}", one.Used, $"{one.Queued} requests wait {Figure.Of(one.Wait)}"))]);
        set.Set("quota.wait", [.. quotas.Select(static one => new SignalValue($"{one.Provider} {one.Dimension}", one.Wait.TotalSeconds, $"{one.Queued} requests wait"))]);
    }

    private void Read(JournalReading journal, DateTimeOffset at, SignalSet set)
    {
        if (journal.Commits > 0)
        {
            commits.Enqueue((at, journal.Slowest.TotalSeconds));
        }

        while (commits.Count > Commits || (commits.TryPeek(out (DateTimeOffset At, double Seconds) first) && first.At < at - Minute))
        {
            commits.Dequeue();
        }

        double median = Robust.Median([.. commits.Select(static commit => commit.Seconds)]);
        set.Set("journal.latency", commits.Count == 0 ? 0 : median, $"{commits.Count} seconds with commits, slowest {(commits.Count == 0 ? 0 : commits.Max(static commit => commit.Seconds)) * 1000:0} ms");
        ImmutableArray<SignalValue> faults = journal.Fault is { } fault ? [new SignalValue("", 1, fault)] : [];
        set.Set("journal.fault", faults);
    }

    private void Read(CounterReading counters, DateTimeOffset at, SignalSet set)
    {
        long killed = kills.Add(at, counters.OutOfMemoryKills);
        set.Set("memory.kills", killed, $"{killed} kills");
        long evicted = evictions.Add(at, counters.Evictions);
        set.Set("evictions", evicted, $"{evicted} evictions");
        (long failed, long answered) = (errors.Add(at, counters.Errors), requests.Add(at, counters.Requests));
        set.Set("errors", Proportion.Lower(failed, Math.Max(failed, answered)), $"{failed} of {answered} requests failed");
        double minutes = Math.Max(1, tokens.Covered(at).TotalMinutes);
        long used = tokens.Add(at, counters.Tokens);
        set.Set("tokens.rate", used / minutes, $"{used} tokens in {minutes:0} min");
        double spent = dollars.Add(at, counters.MicroDollars) / 1e6;
        set.Set("spend.rate", spent * 60 / minutes, $"{spent:0.00} US dollars in {minutes:0} min");
    }
}
