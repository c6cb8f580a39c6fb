using Plimsoll.Core.Admission;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;
using static Plimsoll.Tests.Core.Simulation.FleetMemory;

namespace Plimsoll.Tests.Core.Lifecycle;

/// <summary>What follows when memory ran short.</summary>
public sealed class ShortageTests
{
    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));
    private static readonly ExitReport Killed = new(null, 9, null, false, default, default, null);

    [Theory]
    [InlineData(MemoryEnd.OwnLimit, AttemptOutcome.OutOfMemory)]
    [InlineData(MemoryEnd.HeapAbort, AttemptOutcome.OutOfMemory)]
    [InlineData(MemoryEnd.HostKiller, AttemptOutcome.Evicted)]
    [InlineData(MemoryEnd.None, AttemptOutcome.Lost)]
    public void The_evidence_tells_kills_apart(MemoryEnd evidence, AttemptOutcome expected) =>
        Assert.Equal(expected, Ending.OutcomeOf(Killed with { Evidence = evidence }, null));

    [Fact]
    public void What_we_ended_counts_as_what_we_ended_it_for_whatever_the_evidence() =>
        Assert.Equal(AttemptOutcome.Cancelled, Ending.OutcomeOf(Killed with { Evidence = MemoryEnd.OwnLimit }, KillReason.Cancelled));

    [Fact]
    public void An_evicted_task_comes_back_after_three_seconds_with_what_it_was_seen_to_hold()
    {
        VirtualFleet fleet = Fleet(1);
        fleet.Reads(8_192, static _ => 700);
        fleet.Guards(GuardActionKind.Evict, "agent0");
        fleet.End("agent0", Killed);
        Assert.Empty(fleet.Running);
        Assert.Equal("cool_down", fleet.Why("agent0").Reasons[0].Code);

        fleet.Advance(3);
        Assert.Equal(["agent0"], fleet.Running);
        Assert.Equal(Mebi(700), fleet.Kernel.Snapshot(fleet.Now, 0).Live[0].Reserved);
        AttemptFinished end = Assert.Single(fleet.Facts.OfType<AttemptFinished>());
        Assert.Equal((AttemptOutcome.Evicted, TaskState.Ready), (end.Outcome, end.Next));
        Assert.Equal(0, fleet.Kernel.State.Tasks.Spent[0]);
        Replays(fleet);
    }

    [Fact]
    public void Three_evictions_within_a_minute_make_a_class_sequential_and_each_success_doubles_its_width()
    {
        VirtualFleet fleet = Fleet(12);
        Assert.Equal(12, fleet.Running.Length);
        for (int i = 0; i < 3; i++)
        {
            fleet.Guards(GuardActionKind.Evict, $"agent{i}");
            fleet.End($"agent{i}", Killed);
        }

        fleet.Advance(3);
        Assert.Equal(9, fleet.Running.Length);
        Assert.Equal("sequential", fleet.Why("agent0").Reasons[0].Code);

        // Nine ran on; their successes widen the class again: 2, 4, 8, 16, 32, 64, no limit.
        for (int i = 3; i < 12; i++)
        {
            fleet.End($"agent{i}");
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, null], fleet.Facts.OfType<ClassWidthChanged>().Select(fact => fact.Width));
        Assert.Equal(3, fleet.Running.Length);
        Replays(fleet);
    }

    [Fact]
    public void After_its_own_limit_a_task_gets_twice_as_much_then_the_node_for_itself_then_it_is_dead()
    {
        VirtualFleet fleet = Fleet(1, Retrying(9));
        List<double> reserved = [];
        for (int i = 0; i < 9 && fleet.State("agent0") != TaskState.Dead; i++)
        {
            while (fleet.Running.Length == 0)
            {
                fleet.Step();
            }

            reserved.Add(fleet.Kernel.Snapshot(fleet.Now, 0).Live[0].Reserved.Value >> 20);
            fleet.End("agent0", Killed with { Evidence = MemoryEnd.OwnLimit });
        }

        Assert.Equal([200, 400, 800, 1_600, 3_200, 6_400, 7_782, 7_782], reserved);
        Assert.Equal(TaskState.Dead, fleet.State("agent0"));
        Assert.True(fleet.Facts.OfType<NeedRaised>().Last().Exclusive);
        Assert.Equal(1, fleet.Facts.OfType<ClassWidthChanged>().First().Width);
        Replays(fleet);
    }

    [Fact]
    public void After_a_heap_abort_the_next_attempt_runs_alone_and_its_class_one_at_a_time_until_one_succeeds()
    {
        VirtualFleet fleet = Fleet(3, Retrying(2));
        fleet.End("agent0", ExitReport.Exited(134) with { Evidence = MemoryEnd.HeapAbort });
        Assert.Equal(1, Assert.Single(fleet.Facts.OfType<ClassWidthChanged>()).Width);
        Assert.True(Assert.Single(fleet.Facts.OfType<NeedRaised>()).Exclusive);
        Assert.Equal(1, fleet.Kernel.State.Tasks.Spent[0]);
        fleet.Advance(60);
        Assert.Equal(["agent1", "agent2"], fleet.Running);
        fleet.End("agent1");
        fleet.End("agent2");
        Assert.Equal(["agent0"], fleet.Running);
        Replays(fleet);
    }

    [Fact]
    public void A_timeout_stands_still_while_its_task_is_frozen()
    {
        VirtualFleet fleet = Fleet(2, Retrying(0, TimeSpan.FromSeconds(10)));
        fleet.Advance(4);
        fleet.Guards(GuardActionKind.Freeze, "agent0");
        fleet.Advance(100);
        Assert.Equal(TaskState.Frozen, fleet.State("agent0"));
        Assert.Equal(TaskState.Failed, fleet.State("agent1"));

        fleet.Guards(GuardActionKind.Thaw, "agent0");
        fleet.Advance(5.9);
        Assert.Equal(TaskState.Running, fleet.State("agent0"));
        fleet.Advance(0.2);
        Assert.Equal(TaskState.Failed, fleet.State("agent0"));
        Assert.Equal(KillReason.TimedOut, fleet.Facts.OfType<AttemptKilled>().Last().Reason);
        Replays(fleet);
    }

    [Fact]
    public void The_guard_is_told_who_lives_and_what_is_known_of_them()
    {
        VirtualFleet fleet = Fleet(1);
        GuardView view = GuardView.Empty;
        fleet.AfterTurn = turn => view = turn.Guard ?? view;
        fleet.Submit(Many(1, "agent"));
        Assert.Equal([Mebi(200), Mebi(200)], view.Tasks.Select(task => task.Settled));
        Assert.True(view.Protect && view.Tasks.All(task => task.Known));
        Assert.Null(fleet.Reads(8_192, static _ => 150).Guard);
        fleet.Send(new Plimsoll.Core.Inputs.CancelTask(fleet.Id("agent0"), "no more"));
        Assert.True(view.Tasks[0].Ending);
        fleet.Advance(0.1);
        Assert.False(Assert.Single(view.Tasks).Ending);
    }

    private static VirtualFleet Fleet(int count, TaskPolicy? policy = null)
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Reads(8_192);
        fleet.Learned("agent", 200);
        fleet.Submit(Many(count, policy: policy));
        fleet.Advance(0.01);
        return fleet;
    }

    private static void Replays(VirtualFleet fleet)
    {
        var replayed = new Plimsoll.Core.Kernel(new Plimsoll.Core.KernelStart(1, 1, default(Plimsoll.Core.Identity.RunId)));
        fleet.Facts.ForEach(replayed.Fold);
        Assert.Equal(StateDigest.Of(fleet.Kernel, fleet.Now), StateDigest.Of(replayed, fleet.Now));
    }
}
