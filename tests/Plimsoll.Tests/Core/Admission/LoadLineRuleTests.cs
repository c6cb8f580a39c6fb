using Plimsoll.Core.Admission;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;
using static Plimsoll.Tests.Core.Simulation.FleetMemory;

namespace Plimsoll.Tests.Core.Admission;

/// <summary>U + sum c + S + B + s &lt;= capacity, term by term.</summary>
public sealed class LoadLineRuleTests
{
    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));

    [Fact]
    public void Pages_of_one_executable_are_counted_once()
    {
        // 1,229 MiB less the reserve of 64 and 236 of shared pages: eight of 116 fit, as measured with real agents.
        VirtualFleet fleet = Fleet(1_229);
        fleet.Learned("agent", 116, mapped: 235);
        fleet.Submit(Many(24));
        Assert.Equal(8, fleet.Running.Length);
        Assert.Contains("236M for shared pages", fleet.Why("agent23").Reasons[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_for_bursts_is_kept_for_some_and_not_for_all()
    {
        VirtualFleet fleet = Fleet(16_384);
        fleet.Learned("agent", 300, burst: 2_000);
        fleet.Submit(Many(60));

        // Peaks held for life would let 6 in, settled levels alone 51.
        Assert.InRange(fleet.Running.Length, 18, 30);
    }

    [Fact]
    public void A_task_in_its_burst_counts_in_full()
    {
        VirtualFleet fleet = Fleet(4_096);
        fleet.Learned("agent", 300, burst: 1_000);
        fleet.Submit(Many(10));
        int wide = fleet.Running.Length;
        fleet.Reads(4_096, static name => name is "agent0" or "agent1" or "agent2" ? 600 : 300);
        fleet.End("agent3");
        Assert.True(fleet.Running.Length < wide, "three bursts leave no room for another task");
        Assert.Equal("memory", fleet.Why("agent9").Reasons[0].Code);
    }

    [Fact]
    public void What_others_use_leaves_less()
    {
        VirtualFleet fleet = Fleet(4_096);
        fleet.Learned("agent", 500);
        fleet.Reads(4_096, foreign: 2_000);
        fleet.Submit(Many(10));
        Assert.Equal(3, fleet.Running.Length);
        Assert.Contains("1.95G used by others", fleet.Why("agent9").Reasons[0].Message, StringComparison.Ordinal);
        fleet.Reads(4_096, static _ => 500, foreign: 0);
        Assert.Equal(7, fleet.Running.Length);
    }

    [Fact]
    public void Of_unknown_classes_four_at_once_try_and_each_that_settles_doubles_the_width()
    {
        VirtualFleet fleet = Fleet(65_536);
        fleet.Submit(Many(100));
        Assert.Equal(4, fleet.Running.Length);
        Assert.Equal("probe", fleet.Why("agent50").Reasons[0].Code);

        for (int i = 0; i < 4; i++)
        {
            fleet.Advance(0.25);
            fleet.Reads(65_536, static name => name == "agent0" ? 100 : 100 * new Random(name.GetHashCode(StringComparison.Ordinal)).NextDouble());
        }

        Assert.True(fleet.Running.Length > 8, $"{fleet.Running.Length} run");
        Assert.True(fleet.Running.Length <= 4 + (4 << 4), $"{fleet.Running.Length} run");
    }

    [Fact]
    public void A_class_that_was_never_seen_is_known_once_one_has_ended_and_nothing_is_recorded_of_it()
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Succeeds(0.01) };
        fleet.Reads(16_384);
        fleet.Submit(Many(200, "true"));
        Assert.Equal(4, fleet.Running.Length);
        fleet.Step();
        fleet.Step();
        Assert.True(fleet.Running.Length > 20, $"{fleet.Running.Length} run");
        fleet.Finish();
        Assert.DoesNotContain(fleet.Facts, fact => fact is ClassLearned);
    }

    [Fact]
    public void Starts_that_take_processor_time_go_through_a_gate()
    {
        var fleet = new VirtualFleet(Auto, cores: 3) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Reads(65_536);
        fleet.Learned("agent", 100, startCpuSeconds: 0.5);
        fleet.Submit(Many(30));
        Assert.Equal(6, fleet.Running.Length);
        Assert.Equal("start_gate", fleet.Why("agent29").Reasons[0].Code);
        fleet.Reads(65_536, static name => name is "agent0" or "agent1" ? 95 : 10);
        Assert.Equal(8, fleet.Running.Length);
        fleet.Advance(10);
        Assert.Equal(14, fleet.Running.Length);
    }

    [Fact]
    public void Half_full_swap_stops_starts_but_never_an_empty_node()
    {
        VirtualFleet fleet = Fleet(16_384);
        fleet.Learned("agent", 100);
        fleet.Reads(16_384, swapUsed: 600);
        fleet.Submit(Many(3));
        Assert.Single(fleet.Running);
        Assert.Equal("swap", fleet.Why("agent2").Reasons[0].Code);
        fleet.Reads(16_384, swapUsed: 400);
        Assert.Equal(3, fleet.Running.Length);
    }

    [Fact]
    public void A_class_that_has_outgrown_the_node_is_told_so()
    {
        VirtualFleet fleet = Fleet(4_096);
        fleet.Learned("agent", 5_000);
        fleet.Submit(Many(1));
        Assert.Equal("never", fleet.Why("agent0").Reasons[0].Code);
        Assert.Contains("learned of class agent", fleet.Why("agent0").Reasons[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_guard_gates_or_anything_is_frozen_nothing_starts()
    {
        VirtualFleet fleet = Fleet(4_096);
        fleet.Learned("agent", 100);
        fleet.Guards(GuardActionKind.Gate);
        fleet.Submit(Many(3));
        Assert.Empty(fleet.Running);
        Assert.Equal("guard", fleet.Why("agent0").Reasons[0].Code);
        fleet.Guards(GuardActionKind.Ungate);
        Assert.Equal(3, fleet.Running.Length);

        fleet.Advance(0.01);
        fleet.Guards(GuardActionKind.Freeze, "agent0");
        Assert.Equal(TaskState.Frozen, fleet.State("agent0"));
        fleet.Submit(Many(1, "other"));
        Assert.Equal("frozen", fleet.Why("other0", run: 2).Reasons[0].Code);
        fleet.Guards(GuardActionKind.Thaw, "agent0");
        Assert.Equal(TaskState.Running, fleet.State("agent0"));
        Assert.Equal(4, fleet.Running.Length);
    }

    [Fact]
    public void Two_runs_share_a_node_evenly_and_a_late_one_does_not_wait_for_the_first_to_end()
    {
        var fleet = new VirtualFleet(new FixedConcurrency(4, false, null, TimeSpan.Zero)) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(Many(20, "first"));
        fleet.Submit(Many(20, "late"));
        for (int i = 0; i < 4; i++)
        {
            fleet.End(fleet.Running[0]);
        }

        Assert.Equal(2, fleet.Running.Count(name => name.StartsWith("late", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_stream_of_better_tasks_does_not_keep_a_run_out_for_ever()
    {
        var fleet = new VirtualFleet(new FixedConcurrency(1, false, null, TimeSpan.Zero)) { Behaviour = static (_, _) => SimulatedAttempt.Succeeds(60) };
        fleet.Submit(new BlockBuilder().Task("patient"), seal: true);
        RunId stream = fleet.Submit(new BlockBuilder().Task("s0", priority: 3), seal: false);
        for (int minute = 0; minute < 60 && fleet.State("patient") != TaskState.Succeeded; minute++)
        {
            fleet.Send(new AddTasks(stream, new BlockBuilder().Task($"a{minute}", priority: 3).Task($"b{minute}", priority: 3).Build(), Document));
            fleet.Advance(60);
        }

        Assert.Equal(TaskState.Succeeded, fleet.State("patient"));
    }

    [Fact]
    public void What_was_learned_is_recorded_every_16_attempts_and_when_a_run_ends()
    {
        var footprint = new AttemptFootprint(Mebi(50), Mebi(60), 0.1, default, default, default, default, 0, TimeSpan.FromSeconds(1), 4);
        var fleet = new VirtualFleet(Auto) { Behaviour = (_, _) => new SimulatedAttempt(TimeSpan.FromSeconds(1), ExitReport.Success with { Footprint = footprint }, null) };
        fleet.Reads(16_384);
        fleet.Submit(Many(40));
        fleet.Finish();

        ClassLearned[] learned = [.. fleet.Facts.OfType<ClassLearned>()];
        Assert.Equal([16, 32, 40], learned.Select(fact => fact.Profile.Measured));
        var next = new VirtualFleet(new Plimsoll.Core.Kernel(new Plimsoll.Core.KernelStart(1, 1, default(RunId))), fleet.Now);
        next.Kernel.Fold(learned[^1]);
        Assert.Equal(fleet.Kernel.State.Queues.Classes["agent"].Profile.Footprint, next.Kernel.State.Queues.Classes["agent"].Profile.Footprint);
    }

    private static VirtualFleet Fleet(double limit)
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Reads(limit);
        return fleet;
    }
}
