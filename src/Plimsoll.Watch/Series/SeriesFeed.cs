using Plimsoll.Core.Identity;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Series;

/// <summary>Writes samples into series; what is not known in a sample becomes a gap.</summary>
/// <remarks>Names: a quantity with its unit where it has one, and <c>@</c> with the node, provider or pool where there are several; node 0 has no suffix.</remarks>
internal sealed class SeriesFeed(SeriesStore store)
{
    private (DateTimeOffset At, CounterReading Counters)? before;

    public void Take(WatchSample sample)
    {
        DateTimeOffset at = sample.At;
        foreach (NodeReading node in sample.Nodes)
        {
            Take(node, at);
        }

        store.Add("tasks.running", at, sample.Queue?.Running);
        store.Add("tasks.frozen", at, sample.Queue?.Frozen);
        store.Add("tasks.ready", at, sample.Queue?.Ready);
        store.Add("tasks.waiting", at, sample.Queue?.Waiting);
        store.Add("tasks.retrying", at, sample.Queue?.Retrying);
        store.Add("journal.commit.seconds", at, sample.Journal is { Commits: > 0 } journal ? journal.Slowest.TotalSeconds : null);
        foreach (QuotaReading quota in sample.Quotas)
        {
            store.Add($"quota.used@{quota.Provider} {quota.Dimension}", at, quota.Used);
        }

        foreach (PoolReading pool in sample.Pools)
        {
            store.Add($"pool.used@{pool.Name}", at, pool.Used);
        }

        TakeRates(sample);
    }

    private void Take(NodeReading node, DateTimeOffset at)
    {
        string suffix = node.Node == NodeId.Local ? "" : $"@{node.Name}";
        store.Add("memory.used.bytes" + suffix, at, node.Memory is { } memory ? memory.Limit.Value - memory.Free.Value : null);
        store.Add("memory.tasks.bytes" + suffix, at, node.Memory?.Tasks.Value);
        store.Add("memory.owed.bytes" + suffix, at, node.Owed?.Value);
        store.Add("memory.capacity.bytes" + suffix, at, node.Capacity?.Value);
        store.Add("memory.stalled" + suffix, at, node.Pressure?.Full);
        store.Add("swap.used.bytes" + suffix, at, node.Swap?.Used.Value);
        store.Add("disk.free.bytes" + suffix, at, node.DiskFree?.Value);
        store.Add("cpu.busy" + suffix, at, node.Cpu?.Busy);
        store.Add("cpu.stalled" + suffix, at, node.Cpu?.Stalled);
    }

    // Per second, from the sample before; a counter that fell was restarted and shows a gap.
    private void TakeRates(WatchSample sample)
    {
        if (sample.Counters is not { } now)
        {
            before = null;
            return;
        }

        if (before is { } last && sample.At > last.At)
        {
            double seconds = (sample.At - last.At).TotalSeconds;
            Rate("attempts.started.rate", now.Started - last.Counters.Started);
            Rate("attempts.ended.rate", now.Ended - last.Counters.Ended);
            Rate("tokens.rate", now.Tokens - last.Counters.Tokens);
            Rate("dollars.rate", (now.MicroDollars - last.Counters.MicroDollars) / 1e6);
            Rate("errors.rate", now.Errors - last.Counters.Errors);

            void Rate(string name, double grown) => store.Add(name, sample.At, grown < 0 ? null : grown / seconds);
        }

        before = (sample.At, now);
    }
}
