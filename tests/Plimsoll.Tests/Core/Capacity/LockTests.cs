using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Watching;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Capacity;

public sealed class LockTests
{
    [Fact]
    public void An_exclusive_lock_admits_one_at_a_time()
    {
        VirtualFleet fleet = Hanging();
        fleet.Submit(new BlockBuilder().Task("a", Shape(locks: Exclusive("db"))).Task("b", Shape(locks: Exclusive("db"))).Task("c"));

        Assert.Equal(["a", "c"], fleet.Running.Order());
        Assert.Equal("lock", fleet.Why("b").Reasons[0].Code);
        fleet.End("a");
        Assert.Equal(["b", "c"], fleet.Running.Order());
    }

    [Fact]
    public void All_locks_are_taken_together_or_none()
    {
        VirtualFleet fleet = Hanging();
        fleet.Submit(new BlockBuilder()
            .Task("x", Shape("x", locks: Exclusive("x")), priority: 3)
            .Task("both", Shape("both", locks: [Exclusive("y"), Exclusive("x")]), priority: 2)
            .Task("y", Shape("y", locks: Exclusive("y"))));

        Assert.Equal(["x", "y"], fleet.Running);
        fleet.End("y");
        Assert.Equal(["x"], fleet.Running);
        fleet.End("x");
        Assert.Equal(["both"], fleet.Running);
    }

    [Fact]
    public void A_counted_lock_gives_no_more_than_its_units()
    {
        VirtualFleet fleet = Hanging(("gpu", 3));
        fleet.Submit(new BlockBuilder()
            .Task("two", Shape("two", locks: Units("gpu", 2)), priority: 2)
            .Task("other", Shape("other", locks: Units("gpu", 2)), priority: 1)
            .Task("one", Shape("one", locks: Units("gpu", 1))));

        // One unit is free, but "other" has waited for units first.
        Assert.Equal(["two"], fleet.Running);
        fleet.End("two");
        Assert.Equal(["one", "other"], fleet.Running.Order());
    }

    [Fact]
    public void Shared_holders_run_together_and_keep_an_exclusive_one_out()
    {
        VirtualFleet fleet = Hanging();
        fleet.Submit(new BlockBuilder()
            .Task("r1", Shape("r", locks: Shared("db")), priority: 2)
            .Task("r2", Shape("r", locks: Shared("db")), priority: 2)
            .Task("w", Shape("w", locks: Exclusive("db")), priority: 1));

        Assert.Equal(["r1", "r2"], fleet.Running);
        fleet.End("r1");
        Assert.DoesNotContain("w", fleet.Running);
        fleet.End("r2");
        Assert.Equal(["w"], fleet.Running);
    }

    [Fact]
    public void An_endless_stream_of_shared_claims_does_not_starve_an_exclusive_one()
    {
        VirtualFleet fleet = Hanging();
        RunId run = fleet.Submit(new BlockBuilder().Task("r0", Shape("r", locks: Shared("db")), priority: 1), seal: false);
        fleet.Send(new AddTasks(run, new BlockBuilder().Task("w", Shape("w", locks: Exclusive("db"))).Build(), Document));
        for (int i = 1; i < 20; i++)
        {
            // Longer chains of work, that is a better rank, in shapes of their own.
            var block = new BlockBuilder().Task($"r{i}", Shape($"r{i}", locks: Shared("db")), seconds: 100);
            fleet.Send(new AddTasks(run, block.Build(), Document));
        }

        Assert.Equal(["r0"], fleet.Running);
        fleet.End("r0");
        Assert.Equal(["w"], fleet.Running);
        fleet.End("w");
        Assert.Equal(19, fleet.Running.Length);
    }

    [Fact]
    public void A_cancelled_sleeper_lets_the_next_one_have_the_lock()
    {
        VirtualFleet fleet = Hanging();
        fleet.Submit(new BlockBuilder()
            .Task("r", Shape("r", locks: Shared("db")), priority: 3)
            .Task("w", Shape("w", locks: Exclusive("db")), priority: 2)
            .Task("late", Shape("late", locks: Shared("db")), priority: 1));
        Assert.Equal(["r"], fleet.Running);

        fleet.Send(new CancelTask(fleet.Id("w"), "not needed"));
        Assert.Equal(["r", "late"], fleet.Running);
    }

    [Fact]
    public void The_locks_of_a_head_that_waits_for_memory_are_kept_for_it()
    {
        var fleet = new VirtualFleet(memory: 10) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder()
            .Task("live", Shape("live", memory: 6), priority: 3)
            .Task("head", Shape("head", memory: 8, locks: Exclusive("db")), priority: 2)
            .Task("thief", Shape("thief", memory: 1, locks: Exclusive("db"))));

        Assert.Equal(["live"], fleet.Running);
        fleet.End("live");
        Assert.Equal(["head"], fleet.Running);
        fleet.End("head");
        Assert.Equal(["thief"], fleet.Running);
    }

    [Fact]
    public void Ten_thousand_shapes_asleep_at_one_lock_cost_one_wake_per_release()
    {
        VirtualFleet fleet = Hanging();
        var block = new BlockBuilder();
        for (int i = 0; i < 3000; i++)
        {
            block.Task($"t{i}", Shape($"class{i}", locks: Exclusive("db")));
        }

        fleet.Submit(block);
        for (int i = 0; i < 20; i++)
        {
            long before = fleet.Kernel.State.Tasks.Touched;
            fleet.End(fleet.Running[0]);
            Assert.InRange(fleet.Kernel.State.Tasks.Touched - before, 1, 200);
        }

        Assert.Equal(21, fleet.Facts.OfType<AttemptAdmitted>().Count());
    }

    [Fact]
    public void A_wait_goes_on_while_others_of_its_kind_are_let_through_before_it()
    {
        VirtualFleet fleet = Hanging();
        fleet.Submit(new BlockBuilder()
            .Task("a", Shape("job", locks: Exclusive("db")))
            .Task("b", Shape("job", locks: Exclusive("db")))
            .Task("c", Shape("job", locks: Exclusive("db"))));
        fleet.Advance(10);
        fleet.End("a");
        fleet.Advance(10);
        Assert.Equal(20, Waits());
        fleet.End("b");
        Assert.Equal(["c"], fleet.Running);
        Assert.Null(Load().Since);

        fleet.Submit(new BlockBuilder().Task("next", Shape("job", locks: Exclusive("db"))));
        fleet.Advance(3);
        Assert.Equal(3, Waits());
        Assert.Equal(3, (fleet.Now - Assert.Single(fleet.Kernel.Capacity(fleet.Now).Locks, static one => one.Name == "db").Waiters[0].Since).TotalSeconds);
        Assert.Equal(3, (fleet.Now - Assert.Single(fleet.Kernel.Load(fleet.Now).Heads).Since).TotalSeconds);

        LockLoad Load() => Assert.Single(fleet.Kernel.Load(fleet.Now).Locks);
        double Waits() => (fleet.Now - Load().Since!.Value).TotalSeconds;
    }

    [Fact]
    public void Time_spent_waiting_for_memory_is_no_wait_for_a_lock()
    {
        VirtualFleet fleet = new(memory: 1L << 30, locks: []) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder()
            .Task("large", Shape("large", memory: 900L << 20))
            .Task("holder", Shape("holder", locks: Exclusive("db")), needs: [])
            .Task("waits", Shape("waits", memory: 500L << 20, locks: Exclusive("db"))));
        Assert.Equal("lock", fleet.Why("waits").Reasons[0].Code);
        fleet.Advance(10);
        Assert.Equal(10, (fleet.Now - Assert.Single(fleet.Kernel.Load(fleet.Now).Locks).Since!.Value).TotalSeconds);

        // From here on memory holds it, not the lock.
        fleet.End("holder");
        Assert.Equal("memory", fleet.Why("waits").Reasons[0].Code);
        fleet.Advance(10);
        Assert.Empty(fleet.Kernel.Load(fleet.Now).Locks);
    }

    private static VirtualFleet Hanging(params (string, int)[] locks) =>
        new(locks: locks) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
}
