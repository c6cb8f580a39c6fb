using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;
using Xunit;

namespace Plimsoll.Tests.Watch.Alerts;

/// <summary>How alerts live: once each, silenced, acknowledged, remembered, and untouched by clocks.</summary>
public sealed class AlertEngineTests
{
    [Fact]
    public void However_long_it_lasts_it_is_told_once_and_reminded_at_the_rate_asked_for()
    {
        var rig = new WatchRig(AlertSettings.Default with { Repeat = TimeSpan.FromHours(1) });
        rig.Feed(7300, Broken);
        Assert.Equal([AlertChangeKind.Raised, AlertChangeKind.Reminded, AlertChangeKind.Reminded], rig.Changes.Select(change => change.Kind));
        Assert.Single(rig.Changes.Select(change => change.Alert.Id).Distinct());
        Assert.All(rig.Changes, change => Assert.True(change.Deliver));
    }

    [Fact]
    public void An_acknowledged_alert_is_not_told_again()
    {
        var rig = new WatchRig(AlertSettings.Default with { Repeat = TimeSpan.FromMinutes(10) });
        rig.Feed(10, Broken);
        Assert.True(rig.Watcher.Alerts.Acknowledge(rig.Watcher.Alerts.Active[0].Id, "ann", rig.Now));
        Assert.False(rig.Watcher.Alerts.Acknowledge(4711, "ann", rig.Now));
        rig.Feed(3600, Broken);
        Assert.Single(rig.Changes);
        Assert.Equal("ann", rig.Watcher.Alerts.Active[0].AcknowledgedBy);
    }

    [Fact]
    public void A_silence_holds_delivery_back_and_not_the_alert()
    {
        var rig = new WatchRig();
        Silence silence = rig.Watcher.Alerts.AddSilence("breaker_open", null, rig.Now.AddMinutes(10), "upgrade", "ann");
        rig.Feed(300, Broken);
        AlertChange change = Assert.Single(rig.Changes);
        Assert.False(change.Deliver);
        Assert.True(rig.Watcher.Alerts.Active[0].Silenced);

        rig.Feed(400, Broken);
        Assert.True(rig.Changes[^1].Deliver);
        Assert.Equal(2, rig.Changes.Count);
        Assert.False(rig.Watcher.Alerts.RemoveSilence(silence.Id));
    }

    [Fact]
    public void An_alert_that_nobody_heard_of_clears_without_a_word()
    {
        var rig = new WatchRig();
        rig.Watcher.Alerts.AddSilence(null, "claude", rig.Now.AddHours(1), "", "ann");
        rig.Feed(30, Broken).Feed(60);
        Assert.Equal([false, false], rig.Changes.Select(change => change.Deliver));
    }

    [Fact]
    public void One_that_comes_and_goes_stays_the_same_alert_and_has_to_stay_away_longer_each_time()
    {
        var rig = new WatchRig();
        for (int i = 0; i < 20; i++)
        {
            rig.Feed(40, Broken).Feed(40);
        }

        Assert.Single(rig.Changes.Select(change => change.Alert.Id).Distinct());
        Assert.InRange(rig.Changes.Count, 2, 6);
        rig.Feed(3600);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Between_the_two_thresholds_nothing_changes()
    {
        var rig = new WatchRig();
        rig.Feed(300, sample => Disk(sample, 91));
        Assert.Equal(["disk_filling"], rig.Raised);
        rig.Feed(3600, sample => Disk(sample, 89));
        Assert.Equal(["disk_filling"], rig.Raised);
        rig.Feed(70, sample => Disk(sample, 80));
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Time_in_which_nobody_looked_counts_neither_for_raising_nor_for_clearing()
    {
        var rig = new WatchRig();
        rig.Feed(30, sample => Disk(sample, 95));
        rig.Now += TimeSpan.FromHours(8);
        rig.Feed(20, sample => Disk(sample, 95));
        Assert.Empty(rig.Raised);
        rig.Feed(20, sample => Disk(sample, 95));
        Assert.Equal(["disk_filling"], rig.Raised);
    }

    [Fact]
    public void A_clock_that_is_set_back_raises_nothing_clears_nothing_and_goes_on()
    {
        var rig = new WatchRig();
        rig.Feed(100, sample => Disk(sample, 95));
        rig.Now -= TimeSpan.FromDays(400);
        rig.Feed(10, sample => Disk(sample, 95));
        Assert.Equal(["disk_filling"], rig.Raised);
        rig.Feed(300);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void What_is_remembered_survives_a_restart()
    {
        var rig = new WatchRig();
        rig.Feed(10, Broken);
        rig.Watcher.Alerts.AddSilence("disk_full", null, rig.Now.AddHours(1), "", "ann");
        AlertMemory memory = rig.Watcher.Alerts.Save();

        var next = new WatchRig(null, memory) { Now = rig.Now };
        next.Feed(10, Broken);

        Assert.Empty(next.Changes);
        Assert.Equal(rig.Watcher.Alerts.Active[0].Id, Assert.Single(next.Watcher.Alerts.Active).Id);
        Assert.Single(next.Watcher.Alerts.Silences);
        var without = new WatchRig(AlertSettings.Default with { Off = ["breaker_open"] }, memory);
        Assert.Empty(without.Watcher.Alerts.Active);
        Assert.Single(without.Watcher.Alerts.History);
    }

    [Fact]
    public void A_flood_of_subjects_stays_bounded()
    {
        var rig = new WatchRig();
        rig.Feed(3, sample => sample with { Breakers = [.. Enumerable.Range(0, 20_000).Select(i => new BreakerReading($"class{i}", true, 5, null))] });
        Assert.Equal(100, rig.Watcher.Alerts.Active.Length);
        rig.Feed(60);
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void Own_rules_look_at_any_signal_and_built_in_ones_can_be_moved()
    {
        var rig = new WatchRig(AlertSettings.Default with
        {
            Rules =
            [
                new AlertRuleSettings("idle", "tasks.running", true, 1, null) { For = TimeSpan.FromSeconds(5), Severity = AlertSeverity.Info },
                new AlertRuleSettings("disk_filling", null, false, 0.5, null) { For = TimeSpan.Zero },
            ],
        });
        rig.Feed(10, sample => Disk(sample, 60) with { Queue = new QueueReading(0, 0, 0, 0, 0) });
        Assert.Equal(["disk_filling", "idle"], rig.Raised);
        Assert.Equal("tasks.running is 0, below 1. ", rig.Watcher.Alerts.Active[1].Message);
        AlertRule moved = rig.Watcher.Alerts.Rules.Single(rule => rule.Name == "disk_filling");
        Assert.Equal(0.5 * 0.88 / 0.9, moved.Clear, 6);
    }

    [Fact]
    public void A_circle_among_three_callers_is_found_once_and_a_queue_is_none()
    {
        ImmutableArray<LeaseReading> circle =
        [
            new("c", ["z"], ["x"]), new("a", ["x"], ["y"]), new("b", ["y"], ["z"]), new("d", [], ["x", "y"]),
        ];
        var rig = new WatchRig();
        rig.Feed(10, sample => sample with { Leases = circle });
        Assert.Equal("a -> b -> c", Assert.Single(rig.Watcher.Alerts.Active).Subject);
        rig.Feed(60, sample => sample with { Leases = [.. circle.Skip(1)] });
        Assert.Empty(rig.Raised);

        ImmutableArray<LeaseReading> chain = [.. Enumerable.Range(0, 20_000).Select(i => new LeaseReading($"o{i}", [$"r{i}"], [$"r{i + 1}"]))];
        rig.Feed(2, sample => sample with { Leases = chain });
        Assert.Empty(rig.Raised);
    }

    private static WatchSample Broken(WatchSample sample) => sample with { Breakers = [new BreakerReading("claude", true, 5, null)] };

    private static WatchSample Disk(WatchSample sample, double percent) =>
        sample with { Nodes = [Readings.Node with { DiskFree = Readings.Gibibytes(100 - percent) }] };
}
