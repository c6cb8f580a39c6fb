using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;
using Xunit;

namespace Plimsoll.Tests.Watch.Alerts;

/// <summary>Every built-in rule fires when it should, says why with numbers, and clears.</summary>
public sealed class BuiltInAlertTests
{
    public static TheoryData<string> Simple => [.. Trouble.Keys];

    // What is wrong, and for how many seconds until the rule must have fired.
    private static readonly Dictionary<string, (double Within, Func<WatchSample, WatchSample> Change)> Trouble = new(StringComparer.Ordinal)
    {
        ["cpu_saturated"] = (1802, sample => Node(sample, node => node with { Cpu = new CpuSample(0.99, 0.6) })),
        ["memory_nearly_full"] = (122, sample => Node(sample, node => node with { Memory = new MemorySample(Readings.Gibibytes(16), Readings.Gibibytes(0.2), Readings.Gibibytes(15)) })),
        ["host_pressure"] = (32, sample => Node(sample, node => node with { Pressure = new PressureSample(0.8, 0.4) })),
        ["start_gate_closed"] = (602, sample => Node(sample, node => node with { Gated = true })),
        ["disk_filling"] = (62, sample => Node(sample, node => node with { DiskFree = Readings.Gibibytes(9) })),
        ["disk_full"] = (12, sample => Node(sample, node => node with { DiskFree = Readings.Gibibytes(1) })),
        ["swap_used"] = (302, sample => Node(sample, node => node with { Swap = new SwapSample(Readings.Gibibytes(4), Readings.Gibibytes(3)) })),
        ["queue_wait"] = (3902, sample => sample with { Queue = sample.Queue! with { Oldest = Oldest("memory") } }),
        ["starvation"] = (1900, sample => sample with
        {
            Queue = sample.Queue! with { Oldest = Oldest("head") },
            Counters = Readings.Counters with { Started = Readings.Counters.Started + (long)(sample.At - Readings.Start).TotalSeconds },
        }),
        ["lock_contention"] = (970, sample => sample with { Locks = [new LockReading("gpu", LockKind.Held, 1, 1, 1, 5, sample.At - Readings.Start)] }),
        ["lease_cycle"] = (7, sample => sample with { Leases = [new LeaseReading("a", ["x"], ["y"]), new LeaseReading("b", ["y"], ["x"])] }),
        ["pool_exhausted"] = (3670, sample => sample with { Pools = [new PoolReading("burst", PoolKind.Places, 4, 4, 3, 17)] }),
        ["connections_saturated"] = (62, sample => sample with { Pools = [new PoolReading("postgres", PoolKind.Connections, 20, 19, 2, 17)] }),
        ["breaker_open"] = (1, sample => sample with { Breakers = [new BreakerReading("claude", true, 5, sample.At.AddMinutes(1))] }),
        ["agent_unavailable"] = (12, sample => sample with { Agents = [new AgentReading("codex", "codex is not on the PATH")] }),
        ["journal_slow"] = (125, sample => sample with { Journal = new JournalReading(TimeSpan.FromMilliseconds(600), 1, null) }),
        ["journal_fault"] = (7, sample => sample with { Journal = new JournalReading(default, 0, "no space left on device") }),
        ["quota_nearly_used"] = (602, sample => sample with { Quotas = [new QuotaReading("anthropic", "input tokens", 0.98, 12, TimeSpan.FromSeconds(9), 0)] }),
    };

    [Fact]
    public void The_rules_are_those_that_the_configuration_knows()
    {
        Assert.Equal(KnownAlerts.SignalOf.OrderBy(pair => pair.Key), AlertRules.BuiltIn.Select(rule => KeyValuePair.Create(rule.Name, rule.Signal)).OrderBy(pair => pair.Key));
        Assert.All(AlertRules.BuiltIn, rule => Assert.NotNull(SignalCatalog.Find(rule.Signal)));
        Assert.All(AlertRules.BuiltIn, rule => Assert.False(rule.Raises(rule.Clear) && rule.Clears(rule.Raise), rule.Name));
    }

    [Theory]
    [MemberData(nameof(Simple))]
    public void It_fires_with_numbers_and_clears_when_all_is_well(string rule)
    {
        (double within, Func<WatchSample, WatchSample> change) = Trouble[rule];
        var rig = new WatchRig();
        rig.Feed(5);

        double fired = rig.Until(rule, within, change);

        Assert.False(double.IsNaN(fired), $"{rule} was not raised within {within} s");
        Alert alert = rig.Watcher.Alerts.Active.Single(alert => alert.Rule == rule);
        Assert.DoesNotContain("{", alert.Message);
        Assert.True(alert.Message.Any(char.IsAsciiDigit) || SignalCatalog.Find(AlertRules.BuiltIn.Single(one => one.Name == rule).Signal)!.Unit == SignalUnit.Flag, alert.Message);
        TestContext.Current.SendDiagnosticMessage($"{rule} after {fired} s: {alert.Message}");
        rig.Feed(900);
        Assert.Empty(rig.Raised);
        Assert.Equal(AlertState.Cleared, rig.Watcher.Alerts.History.Single(alert => alert.Rule == rule).State);
    }

    [Theory]
    [InlineData("stale_fence")]
    [InlineData("out_of_memory_kills")]
    public void One_event_is_enough_and_is_over_ten_minutes_later(string rule)
    {
        var rig = new WatchRig();
        rig.Feed(30);
        WatchSample Changed(WatchSample sample) => sample with { Counters = Readings.Counters with { StaleFences = 1, OutOfMemoryKills = 1 } };

        rig.Feed(1, Changed);
        Assert.Contains(rule, rig.Raised);
        rig.Feed(1300, Changed);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Requests_that_fail_raise_an_error_rate()
    {
        var rig = new WatchRig();
        long second = 0;
        WatchSample Failing(WatchSample sample) => sample with { Counters = Readings.Counters with { Requests = 1000 + (10 * ++second), Errors = 2 * second } };
        rig.Feed(10);
        Assert.False(double.IsNaN(rig.Until("error_rate", 120, Failing)));
        rig.Feed(700, sample => sample with { Counters = Readings.Counters with { Requests = 1000 + (10 * ++second), Errors = 200 } });
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void A_class_that_fails_raises_a_failure_rate_and_flaky_tasks_do_not()
    {
        var rig = new WatchRig();
        int task = 0;
        rig.Feed(60, sample => sample with { Ended = [Readings.Ended(task, "flaky", task++ % 10 == 0 ? AttemptOutcome.Failed : AttemptOutcome.Succeeded)] });
        Assert.Empty(rig.Raised);

        rig.Feed(5, sample => sample with { Ended = [Readings.Ended(task++, "broken", AttemptOutcome.Failed)] });
        rig.Feed(40);

        Alert alert = Assert.Single(rig.Watcher.Alerts.Active);
        Assert.Equal(("failure_rate", "broken"), (alert.Rule, alert.Subject));
        Assert.Contains("5 of 5", alert.Message);
        rig.Feed(2200);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Evictions_and_cancellations_are_no_failures()
    {
        var rig = new WatchRig();
        int task = 0;
        rig.Feed(60, sample => sample with { Ended = [Readings.Ended(task++, "agent", task % 2 == 0 ? AttemptOutcome.Evicted : AttemptOutcome.Cancelled)] });
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Throughput_that_falls_to_a_third_is_told_and_recovers()
    {
        var rig = new WatchRig();
        rig.Feed(3600, new SteadyWork(30).At);
        Assert.Empty(rig.Raised);

        var slow = new SteadyWork(90);
        Assert.False(double.IsNaN(rig.Until("throughput_fall", 3600, slow.At)));
        TestContext.Current.SendDiagnosticMessage(rig.Watcher.Alerts.Active[0].Message);
        rig.Feed(5400, new SteadyWork(30).At);
        Assert.DoesNotContain("throughput_fall", rig.Raised);
    }

    [Fact]
    public void A_leak_of_2_MB_a_minute_is_found_within_20_minutes()
    {
        var rig = new WatchRig();
        var random = new Random(7);
        double minutes = rig.Until("memory_leak", 1200, sample => sample with
        {
            Attempts = [Memory(sample, 300 + (2 * (sample.At - Readings.Start).TotalMinutes) + (random.NextDouble() * 40))],
        }) / 60;

        Assert.True(minutes <= 20, $"found after {minutes} min");
        TestContext.Current.SendDiagnosticMessage($"after {minutes:0.0} min: {rig.Watcher.Alerts.Active[0].Message}");
        rig.Feed(400);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void A_missing_probe_neither_raises_nor_clears()
    {
        var rig = new WatchRig();
        rig.Feed(40, Trouble["host_pressure"].Change);
        Assert.Equal(["host_pressure"], rig.Raised);

        rig.Feed(600, sample => new WatchSample(sample.At) { Nodes = [new NodeReading(NodeId.Local, "here", null)] });
        Assert.Equal(["host_pressure"], rig.Raised);
        rig.Feed(600, sample => new WatchSample(sample.At));
        Assert.Equal(["host_pressure"], rig.Raised);
        rig.Feed(120);
        Assert.Empty(rig.Raised);
    }

    private static OldestReady Oldest(string code) => new(new TaskId(new RunId(1), 1), "big", Readings.Start, code, "needs 12G, 2G are free");

    private static WatchSample Node(WatchSample sample, Func<NodeReading, NodeReading> change) => sample with { Nodes = [change(Readings.Node)] };

    private static AttemptReading Memory(WatchSample sample, double mebibytes) =>
        Readings.Live(1, "server", Readings.Start) with { Resident = Bytes.FromMebibytes(mebibytes), LastOutputAt = sample.At };
}
