using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Support;
using Plimsoll.Watch.Alerts;
using Xunit;

namespace Plimsoll.Tests.Watch.Alerts;

/// <summary>The whole set of rules on a healthy day, and a stuck or leaking agent in the middle of it.</summary>
public sealed class NormalLoadTests
{
    [Fact]
    public void A_day_of_normal_load_raises_at_most_one_false_alarm()
    {
        int days = TestLevel.Count(1, 2, 10);
        var all = new List<string>();
        for (int seed = 1; seed <= days; seed++)
        {
            var rig = new WatchRig();
            var day = new NormalDay(seed);
            rig.Feed(86_400, day.At);

            string[] alarms = [.. rig.Changes.Where(change => change.Kind == AlertChangeKind.Raised).Select(change => $"{change.Alert.Rule}: {change.Alert.Message}")];
            TestContext.Current.SendDiagnosticMessage($"day {seed}: {day.Attempts} attempts, {alarms.Length} false alarms {string.Join("; ", alarms)}");
            Assert.True(day.Attempts > 500);
            all.AddRange(alarms);
        }

        Assert.True(all.Count <= days, string.Join('\n', all));
    }

    [Fact]
    public void A_stuck_agent_is_told_within_the_time_its_class_has_taught()
    {
        var rig = new WatchRig();
        var day = new NormalDay(5);
        rig.Feed(4 * 3600, day.At);
        rig.Feed(8 * 3600, day.At);
        DateTimeOffset hung = rig.Now.AddMinutes(5);

        double seconds = rig.Until("agent_stuck", 3600, sample =>
        {
            sample = day.At(sample);
            return sample with
            {
                Attempts = [.. sample.Attempts, Readings.Live(100_000, "agent", hung.AddMinutes(-5)) with
                {
                    Cpu = TimeSpan.FromSeconds(20) + ((sample.At - hung) * 0.003),
                    LastOutputAt = sample.At < hung ? sample.At : hung,
                    LastModelTrafficAt = hung,
                    Resident = Bytes.FromMebibytes(300),
                }],
            };
        });

        Alert alert = rig.Watcher.Alerts.Active.Single(alert => alert.Rule == "agent_stuck");
        TestContext.Current.SendDiagnosticMessage($"after {seconds - 300} s: {alert.Message}");
        Assert.Equal("1/agent100000", alert.Subject);
        Assert.InRange(seconds - 300, 120, 900);
        rig.Feed(120, day.At);
        Assert.DoesNotContain("agent_stuck", rig.Raised);
    }

    [Fact]
    public void An_agent_of_an_unknown_class_is_stuck_after_a_quarter_of_an_hour()
    {
        var rig = new WatchRig();
        double seconds = rig.Until("agent_stuck", 2000, sample => sample with { Attempts = [Readings.Live(1, "new", Readings.Start) with { LastOutputAt = Readings.Start }] });
        Assert.InRange(seconds, 899, 902);
    }

    [Fact]
    public void Frozen_attempts_and_attempts_nobody_can_read_are_not_stuck()
    {
        var rig = new WatchRig();
        rig.Feed(7200, sample => sample with
        {
            Attempts =
            [
                Readings.Live(1, "new", Readings.Start),
                Readings.Live(2, "new", Readings.Start) with { Frozen = true, LastOutputAt = Readings.Start, Cpu = TimeSpan.FromSeconds(1) },
                Readings.Live(3, "new", Readings.Start) with { LastOutputAt = Readings.Start, Cpu = (sample.At - Readings.Start) * 0.5 },
            ],
        });
        Assert.Empty(rig.Raised);
    }

    [Fact]
    public void A_silence_that_ends_well_teaches_and_one_that_fails_does_not()
    {
        var rig = new WatchRig();
        for (int task = 0; task < 64; task++)
        {
            Live(rig, task, 400, AttemptOutcome.Succeeded);
        }

        Live(rig, 1000, 700, AttemptOutcome.Failed);
        Assert.Empty(rig.Raised);
        Assert.InRange(rig.Until("agent_stuck", 1000, sample => Silent(sample, 2000, rig.Now)), 1, 1000);
    }

    // Lives for so long without a word, speaks, and ends.
    private static void Live(WatchRig rig, int task, double silent, AttemptOutcome outcome)
    {
        DateTimeOffset since = rig.Now;
        rig.Feed(silent, sample => sample with { Attempts = [Readings.Live(task, "slow", since) with { LastOutputAt = since }] });
        rig.Feed(1, sample => sample with { Attempts = [Readings.Live(task, "slow", since) with { LastOutputAt = sample.At }] });
        rig.Feed(1, sample => sample with { Ended = [Readings.Ended(task, "slow", outcome, silent)] });
    }

    private static Plimsoll.Watch.Samples.WatchSample Silent(Plimsoll.Watch.Samples.WatchSample sample, int task, DateTimeOffset now) =>
        sample with { Attempts = [Readings.Live(task, "slow", now.AddDays(-1)) with { LastOutputAt = Readings.Start }] };
}
