using Plimsoll.Core.Capacity;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of what is shared: locks, leases, fences and pools.</summary>
internal sealed class SharingSignals
{
    private readonly CounterWindow fences = new(TimeSpan.FromMinutes(10));
    private readonly Dictionary<string, (DateTimeOffset Since, long Taken)> full = new(StringComparer.Ordinal);

    public void Read(WatchSample sample, SignalSet set)
    {
        if (sample.Queue is not null)
        {
            set.Set("lock.wait", [.. sample.Locks.Where(static one => one is { Kind: LockKind.Held, Waiters: > 1 }).Select(static one =>
                new SignalValue(one.Name, one.LongestWait.TotalSeconds, $"{one.Waiters} wait for {one.Name}, {one.Holders} hold it"))]);
        }

        set.Set("lease.cycle", [.. WaitCycle.Find(sample.Leases).Select(static cycle =>
            new SignalValue(string.Join(" -> ", cycle.Owners), cycle.Owners.Length, cycle.Description))]);
        if (sample.Counters is { } counters)
        {
            long rejected = fences.Add(sample.At, counters.StaleFences);
            set.Set("fence.rejected", rejected, $"{rejected} requests");
        }

        set.Set("pool.exhausted", [.. sample.Pools.Select(pool => Exhausted(pool, sample.At)).OfType<SignalValue>()]);
        set.Set("connections.used", [.. sample.Pools.Where(static pool => pool is { Kind: PoolKind.Connections, Size: > 0 }).Select(static pool =>
            new SignalValue(pool.Name, pool.Used / pool.Size, $"{pool.Used:0} of {pool.Size:0} connections, {pool.Waiters} wait"))]);
    }

    private SignalValue? Exhausted(PoolReading pool, DateTimeOffset at)
    {
        if (pool.Waiters == 0 || pool.Used < pool.Size)
        {
            full.Remove(pool.Name);
            return null;
        }

        if (!full.TryGetValue(pool.Name, out (DateTimeOffset Since, long Taken) since) || since.Taken != pool.Taken)
        {
            full[pool.Name] = since = (at, pool.Taken);
        }

        return new SignalValue(pool.Name, (at - since.Since).TotalSeconds, $"{pool.Used:0.#} of {pool.Size:0.#} taken, {pool.Waiters} wait");
    }
}
