using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Admission;

public sealed class AdmissionTests
{
    private static readonly FixedConcurrency One = new(1, false, null, TimeSpan.Zero);
    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));

    [Fact]
    public void Tasks_start_by_priority_then_rank_then_age()
    {
        var fleet = new VirtualFleet(One);
        fleet.Submit(new BlockBuilder()
            .Task("old").Task("young").Task("long", seconds: 9).Task("urgent", priority: 1).Task("chain").Task("after", needs: ["chain"], seconds: 5));

        Assert.Equal(["urgent", "long", "chain", "after", "old", "young"], fleet.Finish().Started);
    }

    [Fact]
    public void Fixed_memory_is_never_exceeded_and_an_exit_frees_it_at_once()
    {
        var fleet = new VirtualFleet(memory: 10);
        fleet.Submit(new BlockBuilder().Task("a", Shape(memory: 6)).Task("b", Shape(memory: 5)).Task("c", Shape()));

        Assert.Equal(["a", "c"], fleet.Running);
        fleet.End("a");
        Assert.Contains("b", fleet.Running);
    }

    [Fact]
    public void A_small_task_passes_the_head_only_beside_its_need()
    {
        var fleet = new VirtualFleet(memory: 10) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder()
            .Task("live", Shape(memory: 6), priority: 3)
            .Task("head", Shape(memory: 8), priority: 2)
            .Task("greedy", Shape(memory: 3))
            .Task("modest", Shape(memory: 1)));

        // All three would fit; but beside a head of 8 only 2 are left once "live" has gone.
        Assert.Equal(["live", "modest"], fleet.Running);
        Assert.Equal("memory", fleet.Why("head").Reasons[0].Code);
        Assert.Equal("head", fleet.Why("greedy").Reasons[0].Code);
        fleet.End("live");
        Assert.Equal(["modest", "head"], fleet.Running);
    }

    [Fact]
    public void Cores_are_reserved_like_memory()
    {
        var fleet = new VirtualFleet(cores: 4) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder()
            .Task("live", Shape(cpu: 3), priority: 3).Task("head", Shape(cpu: 4), priority: 2).Task("small", Shape(cpu: 1)).Task("free", Shape()));

        Assert.Equal(["live", "free"], fleet.Running);
        Assert.Equal("cpu", fleet.Why("head").Reasons[0].Code);
        fleet.End("live");
        Assert.Equal(["free", "head"], fleet.Running);
    }

    [Fact]
    public void An_exclusive_task_waits_for_an_empty_node_and_runs_alone()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a", priority: 2).Task("alone", Shape(exclusive: true), priority: 1).Task("b"));

        Assert.Equal(["a"], fleet.Running);
        Assert.Equal("exclusive", fleet.Why("alone").Reasons[0].Code);
        fleet.End("a");
        Assert.Equal(["alone"], fleet.Running);
        Assert.Equal("exclusive", fleet.Why("b").Reasons[0].Code);
        fleet.End("alone");
        Assert.Equal(["b"], fleet.Running);
    }

    [Fact]
    public void Live_memory_counts_what_others_use_and_the_larger_of_reserved_and_measured()
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        const long Gib = 1L << 30;
        var block = new BlockBuilder();
        for (int i = 0; i < 20; i++)
        {
            block.Task($"t{i}", Shape(memory: Gib));
        }

        // Limit 10, reserve 0.5, others use 2.5: seven fit beside them, not eight.
        fleet.Send(Sample(10, 7.5, 0));
        fleet.Submit(block);
        Assert.Equal(4, fleet.Running.Length);
        Assert.Equal("probe", fleet.Why("t19").Reasons[0].Code);
        fleet.Advance(10);
        Assert.Equal(7, fleet.Running.Length);

        // They hold twice what was reserved: no room; then others use 2 less and one ends: still none.
        fleet.Send(Sample(10, 0.5, 9.5));
        fleet.End(fleet.Running[0]);
        Assert.Equal(7, fleet.Running.Length);
        Assert.Equal("memory", fleet.Why("t19").Reasons[0].Code);
    }

    [Fact]
    public void Undeclared_memory_is_512_MiB_at_most_an_eighth_and_a_burst_of_twice_that_until_a_peak_was_seen()
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        var block = new BlockBuilder();
        for (int i = 0; i < 20; i++)
        {
            block.Task($"t{i}");
        }

        // 2 GiB less the reserve of 102 MiB: 3 x 243 MiB and half of three bursts of 486 MiB, with some deviation; a fourth would not fit.
        fleet.Send(Sample(2, 2, 0));
        fleet.Submit(block);
        Assert.Equal(3, fleet.Running.Length);
        Assert.Equal(243, fleet.Kernel.Snapshot(fleet.Now, 0).Live[0].Reserved.Value >> 20);
        Assert.Equal("memory", fleet.Why("t9").Reasons[0].Code);

        // Four tries at once, whatever there is room for.
        fleet.Send(Sample(16, 16, 0));
        Assert.Equal(4, fleet.Running.Length);
        Assert.Equal("probe", fleet.Why("t9").Reasons[0].Code);

        fleet.End(fleet.Running[0], ExitReport.Success with { PeakResident = Bytes.FromMebibytes(100) });
        Assert.True(fleet.Running.Length > 8);
        Assert.Equal(Bytes.FromMebibytes(100), fleet.Kernel.Snapshot(fleet.Now, 0).Live[^1].Reserved);
    }

    [Fact]
    public void Without_a_reading_one_task_runs_and_the_first_reading_opens_the_node()
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a").Task("b"));
        Assert.Equal(["a"], fleet.Running);
        Assert.Equal("concurrency", fleet.Why("b").Reasons[0].Code);

        fleet.Send(Sample(8, 8, 0));
        Assert.Equal(["a", "b"], fleet.Running);
    }

    [Fact]
    public void A_task_that_waits_for_foreign_memory_does_not_hold_up_smaller_ones()
    {
        var fleet = new VirtualFleet(Auto) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Send(Sample(10, 3, 0));
        fleet.Submit(new BlockBuilder().Task("large", Shape(memory: 5L << 30), priority: 1).Task("small", Shape(memory: 1L << 30)));

        Assert.Equal(["small"], fleet.Running);
        Assert.Equal("memory", fleet.Why("large").Reasons[0].Code);
        fleet.Send(Sample(10, 10, 0));
        Assert.Equal(["small", "large"], fleet.Running);
    }

    [Fact]
    public void Pause_above_stops_starts_until_the_cool_down_is_over()
    {
        var policy = new TiersConcurrency(null, 0.85, TimeSpan.FromSeconds(3));
        var fleet = new VirtualFleet(policy) { Behaviour = static (_, _) => SimulatedAttempt.Succeeds(100) };
        fleet.Send(Sample(100, 10, 0));
        fleet.Submit(new BlockBuilder().Task("a"));
        Assert.Equal("paused", fleet.Why("a").Reasons[0].Code);

        fleet.Send(Sample(100, 50, 0));
        Assert.Empty(fleet.Running);
        fleet.Advance(3);
        Assert.Equal(["a"], fleet.Running);
    }

    [Fact]
    public void Limits_can_be_raised_and_lowered_while_tasks_run()
    {
        var fleet = new VirtualFleet(One) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a").Task("b").Task("c"));
        fleet.Send(new SetLimits(fleet.Limits with { Concurrency = One with { Count = 2 } }));
        Assert.Equal(["a", "b"], fleet.Running);

        fleet.Send(new SetLimits(fleet.Limits with { Concurrency = One }));
        fleet.End("a");
        Assert.Equal(["b"], fleet.Running);
    }

    [Fact]
    public void Paused_intake_starts_nothing_and_says_so()
    {
        var fleet = new VirtualFleet();
        fleet.Send(new SetIntake(true, "maintenance"));
        fleet.Submit(new BlockBuilder().Task("a"));
        Assert.Empty(fleet.Running);
        Assert.Contains("maintenance", fleet.Why("a").Reasons[0].Message, StringComparison.Ordinal);

        fleet.Send(new SetIntake(false, ""));
        Assert.Equal(["a"], fleet.Running);
    }

    [Fact]
    public void A_changed_priority_moves_a_waiting_task()
    {
        var fleet = new VirtualFleet(One);
        fleet.Submit(new BlockBuilder().Task("a").Task("b").Task("c"));
        fleet.Send(new SetPriority(fleet.Id("c"), 5));

        Assert.Equal(["a", "c", "b"], fleet.Finish().Started);
    }

    [Fact]
    public void A_class_known_to_be_short_is_started_as_brief()
    {
        var fleet = new VirtualFleet(One) { Behaviour = static (_, _) => SimulatedAttempt.Succeeds(0.01) };
        fleet.Submit(new BlockBuilder().Task("a").Task("b").Task("c").Task("d"));
        fleet.Finish();

        Assert.Equal([false, false, false, true], fleet.Effects.OfType<Plimsoll.Core.Effects.StartAttempt>().Select(start => start.Brief));
    }

    [Fact]
    public void What_can_never_fit_is_told_with_its_numbers()
    {
        KernelLimits limits = KernelLimits.Default with { Node = new NodeCapacity(new Bytes(10), 2) };

        Assert.Null(Kernel.NeverFits(Shape(memory: 10, cpu: 2), limits, null));
        WaitReason memory = Kernel.NeverFits(Shape(memory: 11), limits, null)!;
        Assert.Equal(("never", "11", "10"), (memory.Code, memory.Needed, memory.Available));
        Assert.Contains("cores", Kernel.NeverFits(Shape(cpu: 2.5), limits, null)!.Message, StringComparison.Ordinal);
        Assert.Contains("lock gpu", Kernel.NeverFits(Shape(locks: Units("gpu", 2)), limits, null)!.Message, StringComparison.Ordinal);
        MemorySample sample = new(Bytes.FromMebibytes(1000), default, default);
        Assert.NotNull(Kernel.NeverFits(Shape(memory: 950 << 20), KernelLimits.Default, sample));
        Assert.Null(Kernel.NeverFits(Shape(memory: 930 << 20), KernelLimits.Default, sample));
    }

    [Fact]
    public void A_turn_touches_what_changes_and_never_the_whole_table()
    {
        var fleet = new VirtualFleet(One, memory: 1000) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        var block = new BlockBuilder();
        for (int i = 0; i < 20_000; i++)
        {
            block.Task($"t{i}", Shape($"class{i % 500}", memory: 1 + (i % 700)), seconds: i % 13);
        }

        fleet.Submit(block);
        for (int i = 0; i < 50; i++)
        {
            long before = fleet.Kernel.State.Tasks.Touched;
            fleet.End(fleet.Running[0]);
            Assert.InRange(fleet.Kernel.State.Tasks.Touched - before, 1, 400);
        }
    }

    private static SampleTaken Sample(double limit, double free, double tasks) =>
        new(NodeId.Local, NodeSample.Of(new MemorySample(Gib(limit), Gib(free), Gib(tasks))));

    private static Bytes Gib(double value) => new((long)(value * (1L << 30)));
}
