namespace Plimsoll.Core.Watching;

/// <summary>Names of the built-in rules and the signal that each looks at.</summary>
public static class KnownAlerts
{
    public static IReadOnlyDictionary<string, string> SignalOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cpu_saturated"] = "cpu.busy",
        ["memory_nearly_full"] = "memory.used",
        ["memory_leak"] = "attempt.leak",
        ["throughput_fall"] = "throughput.lost",
        ["queue_wait"] = "queue.wait",
        ["lock_contention"] = "lock.wait",
        ["lease_cycle"] = "lease.cycle",
        ["stale_fence"] = "fence.rejected",
        ["starvation"] = "queue.starved",
        ["pool_exhausted"] = "pool.exhausted",
        ["connections_saturated"] = "connections.used",
        ["agent_stuck"] = "attempt.silence",
        ["failure_rate"] = "class.failing",
        ["breaker_open"] = "breaker.open",
        ["agent_unavailable"] = "agent.unavailable",
        ["host_pressure"] = "memory.stalled",
        ["start_gate_closed"] = "memory.gated",
        ["disk_filling"] = "disk.used",
        ["disk_full"] = "disk.used",
        ["swap_used"] = "swap.used",
        ["out_of_memory_kills"] = "memory.kills",
        ["journal_slow"] = "journal.latency",
        ["journal_fault"] = "journal.fault",
        ["error_rate"] = "errors",
        ["quota_nearly_used"] = "quota.used",
    };
}
