using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Admission;

public sealed class LeaseTests
{
    private static readonly FixedConcurrency One = new(1, false, null, TimeSpan.Zero);

    [Fact]
    public void A_lease_is_granted_although_every_slot_is_taken()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One, memory: 10));
        fleet.Submit(new BlockBuilder().Task("parent", Shape(memory: 4)).Task("next", Shape(memory: 1)));

        fleet.Submit(new BlockBuilder().Task("lease", Lease(6)));

        Assert.Equal(["parent", "lease"], fleet.Running);
        Assert.Equal("concurrency", fleet.Why("next").Reasons[0].Code);
    }

    [Fact]
    public void A_lease_waits_for_memory_as_a_task_does_and_says_so()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One, memory: 10));
        fleet.Submit(new BlockBuilder().Task("parent", Shape(memory: 4)));
        fleet.Submit(new BlockBuilder().Task("lease", Lease(7)));

        Assert.Equal(["parent"], fleet.Running);
        Assert.Equal("memory", fleet.Why("lease", run: 2).Reasons[0].Code);
        fleet.End("parent");
        Assert.Equal(["lease"], fleet.Running);
    }

    [Fact]
    public void A_held_lease_leaves_its_slot_to_tasks_but_not_its_memory()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One, memory: 10));
        fleet.Submit(new BlockBuilder().Task("lease", Lease(6)));
        fleet.Submit(new BlockBuilder().Task("large", Shape(memory: 5)).Task("small", Shape(memory: 4)));

        Assert.Equal(["lease", "small"], fleet.Running);
    }

    [Fact]
    public void Leases_and_tasks_exclude_each_other_by_locks()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One));
        fleet.Submit(new BlockBuilder().Task("lease", Lease(0, Exclusive("db"))));
        fleet.Submit(new BlockBuilder().Task("task", Shape(locks: Exclusive("db"))));

        Assert.Equal(["lease"], fleet.Running);
        Assert.Equal("lock", fleet.Why("task", run: 2).Reasons[0].Code);
        fleet.End("lease");
        Assert.Equal(["task"], fleet.Running);
    }

    [Fact]
    public void Only_the_lease_of_a_task_starts_beside_one_that_runs_alone()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(memory: 10));
        fleet.Submit(new BlockBuilder().Task("alone", Shape(memory: 1, exclusive: true)));
        fleet.Submit(new BlockBuilder().Task("outside", Lease(1) with { Lease = LeaseKind.Outside }, priority: 9));
        fleet.Submit(new BlockBuilder().Task("own", Lease(2)));

        Assert.Equal(["alone", "own"], fleet.Running);
        Assert.Equal("exclusive", fleet.Why("outside", run: 2).Reasons[0].Code);
    }

    [Fact]
    public void What_a_task_holds_counts_to_its_lease_first()
    {
        const long Gibibyte = 1L << 30;
        var fleet = Hanging(new VirtualFleet(new AutoConcurrency(null, null, TimeSpan.FromSeconds(3))));
        Sample(fleet, 20 * Gibibyte);
        fleet.Submit(new BlockBuilder().Task("parent", Shape(memory: 2 * Gibibyte)));
        fleet.Submit(new BlockBuilder().Task("lease", Lease(4 * Gibibyte)));
        (AttemptId parent, AttemptId lease) = (fleet.Attempt("parent"), fleet.Attempt("lease"));
        fleet.Send(new BindLease(lease, parent));

        Sample(fleet, 15 * Gibibyte, (parent, 5 * Gibibyte));
        Assert.Equal(6 * Gibibyte, fleet.Kernel.State.Node.HeldBytes);
        Sample(fleet, 13 * Gibibyte, (parent, 7 * Gibibyte));
        Assert.Equal(7 * Gibibyte, fleet.Kernel.State.Node.HeldBytes);
        fleet.End("lease");
        Assert.Equal(7 * Gibibyte, fleet.Kernel.State.Node.HeldBytes);
    }

    [Fact]
    public void A_parent_that_waits_for_its_child_lets_it_have_the_only_slot()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One));
        fleet.Submit(new BlockBuilder().Task("parent").Task("child").Task("other"));
        Assert.Equal(["parent"], fleet.Running);

        fleet.Send(new YieldSlot(fleet.Attempt("parent"), Yields: true));
        Assert.Equal(["parent", "child"], fleet.Running);

        // Back from its wait it goes on above the count, and nothing more starts before the count holds again.
        fleet.Send(new YieldSlot(fleet.Attempt("parent"), Yields: false));
        fleet.End("child");
        Assert.Equal(["parent"], fleet.Running);
        fleet.End("parent");
        Assert.Equal(["other"], fleet.Running);
    }

    [Fact]
    public void Yielding_twice_gives_back_one_slot_and_ends_with_the_attempt()
    {
        VirtualFleet fleet = Hanging(new VirtualFleet(One));
        fleet.Submit(new BlockBuilder().Task("parent").Task("a").Task("b").Task("c"));
        AttemptId parent = fleet.Attempt("parent");
        fleet.Send(new YieldSlot(parent, Yields: true), new YieldSlot(parent, Yields: true));
        Assert.Equal(["parent", "a"], fleet.Running);

        fleet.End("parent");
        fleet.Send(new YieldSlot(parent, Yields: true));
        Assert.Equal(["a"], fleet.Running);
        fleet.End("a");
        Assert.Equal(["b"], fleet.Running);
    }

    private static Plimsoll.Core.Capacity.TaskShape Lease(long memory, params LockClaim[] locks) =>
        Shape("lease", memory, locks: locks) with { Lease = LeaseKind.Task };

    private static VirtualFleet Hanging(VirtualFleet fleet)
    {
        fleet.Behaviour = static (_, _) => SimulatedAttempt.Hangs();
        return fleet;
    }

    private static void Sample(VirtualFleet fleet, long free, params (AttemptId Attempt, long Bytes)[] tasks)
    {
        var memory = new MemorySample(new Bytes(20L << 30), new Bytes(free), new Bytes(tasks.Sum(static one => one.Bytes)));
        fleet.Send(new SampleTaken(NodeId.Local, NodeSample.Of(memory) with
        {
            Tasks = [.. tasks.Select(static one => new TaskSample(one.Attempt, new Bytes(one.Bytes), default, 0, default, Frozen: false))],
        }));
    }
}
