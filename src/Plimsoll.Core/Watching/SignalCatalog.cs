namespace Plimsoll.Core.Watching;

/// <summary>Every signal that is computed from the readings of a daemon; names are stable.</summary>
public static class SignalCatalog
{
    public static IReadOnlyList<SignalDescription> All { get; } =
    [
        new("cpu.busy", SignalUnit.Share, "node", "processor time in use"),
        new("cpu.stalled", SignalUnit.Share, "node", "time in which something that could run waited for a processor (PSI)"),
        new("memory.used", SignalUnit.Share, "node", "memory that is not free for new allocations"),
        new("memory.stalled", SignalUnit.Share, "node", "time in which all work stalled for want of memory (PSI full)"),
        new("memory.gated", SignalUnit.Seconds, "node", "how long the pressure ladder has let nothing start"),
        new("memory.kills", SignalUnit.Count, "", "out-of-memory kills in the last 10 minutes"),
        new("evictions", SignalUnit.Count, "", "attempts ended by the pressure ladder in the last 10 minutes"),
        new("swap.used", SignalUnit.Share, "node", "swap in use"),
        new("disk.used", SignalUnit.Share, "node", "the disk of the state folder in use"),
        new("tasks.ready", SignalUnit.Count, "", "tasks that could run and wait for their turn"),
        new("tasks.running", SignalUnit.Count, "", "tasks that run"),
        new("tasks.frozen", SignalUnit.Count, "", "tasks that are frozen"),
        new("queue.wait", SignalUnit.Seconds, "", "how long the oldest ready task has waited, unless starting is paused"),
        new("queue.starved", SignalUnit.Seconds, "", "how long the oldest ready task has waited while at least 20 others started"),
        new("throughput.lost", SignalUnit.Share, "", "attempts that ended too few, of those that the usual durations of their classes let expect in 30 minutes"),
        new("attempt.leak", SignalUnit.BytesPerMinute, "attempt", "steady growth of memory: lower 99 % bound of its slope"),
        new("attempt.silence", SignalUnit.Ratio, "attempt", "time without output, processor use and model traffic, as a multiple of what its class was seen to allow itself"),
        new("class.failing", SignalUnit.Share, "class", "attempts that failed in the last 30 minutes: lower bound of the share"),
        new("breaker.open", SignalUnit.Flag, "class", "a circuit breaker holds a class back"),
        new("agent.unavailable", SignalUnit.Flag, "agent", "a configured agent cannot be started"),
        new("lock.wait", SignalUnit.Seconds, "lock", "longest wait for a lock that at least two wait for"),
        new("lease.cycle", SignalUnit.Count, "lease", "callers that wait for each other in a circle"),
        new("fence.rejected", SignalUnit.Count, "", "requests with a stale fence in the last 10 minutes"),
        new("pool.exhausted", SignalUnit.Seconds, "pool", "how long a pool has been full with others waiting and no place given out"),
        new("connections.used", SignalUnit.Share, "pool", "connections in use"),
        new("journal.latency", SignalUnit.Seconds, "", "median of the slowest commit of each second, over a minute"),
        new("journal.fault", SignalUnit.Flag, "", "turns cannot be made durable"),
        new("errors", SignalUnit.Share, "", "requests that failed in the last 5 minutes: lower bound of the share"),
        new("quota.used", SignalUnit.Share, "quota", "quota of a provider in use"),
        new("quota.wait", SignalUnit.Seconds, "quota", "expected wait for quota of a request that comes now"),
        new("tokens.rate", SignalUnit.Count, "", "tokens of models per minute, over 10 minutes"),
        new("spend.rate", SignalUnit.Dollars, "", "US dollars per hour, over 10 minutes"),
    ];

    /// <summary>The signal of a name; null when there is none.</summary>
    public static SignalDescription? Find(string name) => All.FirstOrDefault(signal => signal.Name == name);
}
