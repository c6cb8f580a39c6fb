using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Core.Simulation;
using Xunit;

namespace Plimsoll.Tests.Core.Admission;

public sealed class PlacementTests
{
    [Fact]
    public void Best_fit_fills_the_fullest_node_first()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.BestFit, 10, 10, 10);
        fleet.Submit(Tasks(6, 3));
        Assert.Equal([3, 3, 0], Counts(fleet, 3));
    }

    [Fact]
    public void Round_robin_and_least_loaded_spread_evenly()
    {
        VirtualFleet turns = Fleet(PlacementStrategy.RoundRobin, 10, 10, 10);
        turns.Submit(Tasks(6, 3));
        Assert.Equal([2, 2, 2], Counts(turns, 3));

        VirtualFleet loads = Fleet(PlacementStrategy.LeastLoaded, 12, 12, 30);
        loads.Submit(Tasks(9, 3));
        Assert.Equal([2, 2, 5], Counts(loads, 3));
    }

    [Fact]
    public void Weighted_turns_follow_the_capacity()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.WeightedRoundRobin, 100, 100, 300);
        fleet.Submit(Tasks(50, 1));
        int[] counts = Counts(fleet, 3);
        Assert.InRange(counts[2], 29, 31);
        Assert.InRange(counts[0], 9, 11);
    }

    [Fact]
    public void Capability_based_keeps_special_nodes_free_for_those_who_need_them()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.CapabilityBased, 9);
        fleet.Send(new SetNode(new NodeId(1), new NodeCapacity(new Bytes(9), null) { Labels = ["gpu"] }));
        fleet.Submit(Tasks(3, 3));
        fleet.Submit(new BlockBuilder().Task("g", BlockBuilder.Shape("g", 3) with { Requires = ["gpu"] }));
        Assert.Equal([3, 1], Counts(fleet, 2));
    }

    [Fact]
    public void Nodes_that_changed_while_starting_was_paused_are_chosen_again_once_it_is_resumed()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.BestFit, 9, 9);
        fleet.Send(new SetIntake(true, "maintenance"));
        fleet.Send(new SetNode(new NodeId(1), new NodeCapacity(new Bytes(9), null)));
        fleet.Submit(Tasks(4, 3));
        Assert.Equal([0, 0], Counts(fleet, 2));

        fleet.Send(new SetIntake(false, ""));
        Assert.Equal([3, 1], Counts(fleet, 2));
    }

    [Theory]
    [InlineData(PlacementStrategy.BestFit)]
    [InlineData(PlacementStrategy.RoundRobin)]
    [InlineData(PlacementStrategy.LeastLoaded)]
    [InlineData(PlacementStrategy.WeightedRoundRobin)]
    public void A_required_label_is_honoured_by_every_strategy(PlacementStrategy strategy)
    {
        VirtualFleet fleet = Fleet(strategy, 100, 100);
        fleet.Send(new SetNode(new NodeId(2), new NodeCapacity(new Bytes(9), null) { Labels = ["gpu", "ssd"] }));
        var block = new BlockBuilder();
        for (int i = 0; i < 5; i++)
        {
            block.Task($"t{i}", BlockBuilder.Shape("g", 3) with { Requires = ["gpu"] });
        }

        fleet.Submit(block.Task("never", BlockBuilder.Shape("n", 3) with { Requires = ["tpu"] }));
        Assert.Equal([0, 0, 3], Counts(fleet, 3));
        Assert.Contains(fleet.Why("never").Reasons, reason => reason.Message.Contains("tpu", StringComparison.Ordinal));
    }

    [Fact]
    public void What_ran_on_a_node_that_goes_is_lost_and_starts_elsewhere()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.RoundRobin, 10, 10);
        fleet.Submit(Tasks(4, 5));
        Assert.Equal([2, 2], Counts(fleet, 2));

        fleet.Send(new SetNode(new NodeId(1), null));
        Assert.Equal([2, 0], Counts(fleet, 2));
        Assert.Equal(2, fleet.Facts.OfType<AttemptFinished>().Count(end => end.Outcome == AttemptOutcome.Lost && end.Next == TaskState.Ready));

        fleet.Finish();
        Assert.Equal(TaskState.Succeeded, fleet.State("t3"));
    }

    [Fact]
    public void A_large_head_keeps_one_node_while_smaller_tasks_use_the_others()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.LeastLoaded, 10, 10);
        fleet.Behaviour = (_, name) => SimulatedAttempt.Succeeds(name == "large" ? 5 : 1);
        var block = new BlockBuilder();
        for (int i = 0; i < 40; i++)
        {
            block.Task($"t{i}", BlockBuilder.Shape("small", 4));
        }

        fleet.Submit(block);
        fleet.Submit(new BlockBuilder().Task("large", BlockBuilder.Shape("large", 9), priority: 5));
        fleet.Finish();
        AttemptAdmitted large = fleet.Facts.OfType<AttemptAdmitted>().Single(fact => fleet.Name(fact.Attempt.Task) == "large");
        Assert.Equal(VirtualFleet.Start + TimeSpan.FromSeconds(1), large.At);
    }

    [Fact]
    public void An_exclusive_task_takes_an_empty_node()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.BestFit, 10, 10);
        fleet.Submit(Tasks(1, 5));
        fleet.Submit(new BlockBuilder().Task("alone", BlockBuilder.Shape("a", 1, exclusive: true)).Task("beside", BlockBuilder.Shape("b", 5)));
        Assert.Equal(["t0", "beside", "alone"], fleet.Running);
    }

    [Fact]
    public void What_a_whole_node_was_not_enough_for_is_not_tried_on_one_that_is_too_small()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.BestFit, 16, 20);
        fleet.Behaviour = static (_, _) => SimulatedAttempt.Succeeds(100_000);
        fleet.Submit(new BlockBuilder().Task("t", BlockBuilder.Shape("c", 18), policy: BlockBuilder.Retrying(5)));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal([0, 1], Counts(fleet, 2));
            fleet.End("t", new ExitReport(null, 9, null, false, default, default, null) { Evidence = MemoryEnd.OwnLimit });
            fleet.Advance(600);
        }

        Assert.Equal(["t"], fleet.Running);
        fleet.Send(new SetNode(new NodeId(1), null));
        fleet.Advance(600);
        Assert.Equal([0, 0], Counts(fleet, 2));
        WaitReason reason = fleet.Why("t").Reasons[0];
        Assert.Contains("18", reason.Message, StringComparison.Ordinal);

        fleet.Submit(new BlockBuilder().Task("other", BlockBuilder.Shape("s", 3)));
        Assert.Equal(["other"], fleet.Running);
        fleet.Send(new SetNode(new NodeId(1), new NodeCapacity(new Bytes(20), null)));
        Assert.Equal([1, 1], Counts(fleet, 2));
    }

    [Fact]
    public void Placement_and_nodes_are_folded_again_from_facts()
    {
        VirtualFleet fleet = Fleet(PlacementStrategy.RoundRobin, 10, 10, 20);
        fleet.Submit(Tasks(9, 3));
        fleet.Send(new SetNode(new NodeId(2), null));
        var again = new Plimsoll.Core.Kernel(new Plimsoll.Core.KernelStart(1, 1, default));
        fleet.Facts.ForEach(again.Fold);
        Assert.Equal(StateDigest.Of(fleet.Kernel, fleet.Now), StateDigest.Of(again, fleet.Now));
        Assert.False(again.State.Nodes.Get(new NodeId(2)).IsUp);
    }

    private static VirtualFleet Fleet(PlacementStrategy placement, params long[] memory)
    {
        var fleet = new VirtualFleet(memory: memory[0]);
        fleet.Limits = fleet.Limits with { Placement = placement };
        fleet.Send(new SetLimits(fleet.Limits));
        for (int node = 1; node < memory.Length; node++)
        {
            fleet.Send(new SetNode(new NodeId(node), new NodeCapacity(new Bytes(memory[node]), null)));
        }

        return fleet;
    }

    private static BlockBuilder Tasks(int count, long memory)
    {
        var block = new BlockBuilder();
        for (int i = 0; i < count; i++)
        {
            block.Task($"t{i}", BlockBuilder.Shape("c", memory));
        }

        return block;
    }

    private static int[] Counts(VirtualFleet fleet, int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(node => fleet.Kernel.State.Nodes.Get(new NodeId(node)).Live.Count)];
}
