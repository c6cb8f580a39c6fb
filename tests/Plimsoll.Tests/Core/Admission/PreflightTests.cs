using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Core.Simulation;
using Xunit;

namespace Plimsoll.Tests.Core.Admission;

public sealed class PreflightTests
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(2, 4, 16, 2)]
    [InlineData(4, 4, 16, 3)]
    [InlineData(2, 8, 16, 1)]
    [InlineData(4, 8, 16, 1)]
    public void Asking_for_more_than_memory_carries_is_reduced_by_the_load_line(int requested, int perTask, int total, int expected)
    {
        KernelLimits limits = KernelLimits.Default with { Concurrency = new FixedConcurrency(requested, Protect: true, null, CoolDown) };
        Preflight judged = Judge(limits, perTask, total, requested);
        Assert.Equal(expected < requested, judged.IsExcessive);
        Assert.Equal(expected, Assert.IsType<FixedConcurrency>(judged.Reduce(limits).Concurrency).Count);
    }

    [Theory]
    [InlineData(2, 4, 16, 2)]
    [InlineData(4, 4, 16, 2)]
    [InlineData(8, 8, 16, 1)]
    public void The_reserve_policy_reduces_by_its_own_reserve(int requested, int perTask, int total, int expected)
    {
        var rule = new ReserveConcurrency(Gigabytes(1), null, requested, null, CoolDown);
        KernelLimits limits = KernelLimits.Default with { Concurrency = rule };
        Preflight judged = Judge(limits, perTask, total, requested);
        Assert.Equal(expected < requested, judged.IsExcessive);
        Assert.Equal(expected, Assert.IsType<ReserveConcurrency>(judged.Reduce(limits).Concurrency).Requested);
    }

    [Fact]
    public void A_guess_reduces_nobody()
    {
        KernelLimits limits = KernelLimits.Default with { Concurrency = new FixedConcurrency(1000, Protect: true, null, CoolDown) };
        Preflight judged = Preflight.Judge(limits, Sample(4), null, static _ => null)!;
        Assert.Equal(EstimateOrigin.Guessed, judged.Origin);
        Assert.Equal(7, judged.Carries);
        Assert.False(judged.IsExcessive);
        Assert.Same(limits.Concurrency, judged.Reduce(limits).Concurrency);
    }

    [Fact]
    public void What_was_learned_counts_as_much_as_what_is_declared()
    {
        KernelLimits limits = KernelLimits.Default with { Concurrency = new FixedConcurrency(30, Protect: true, null, CoolDown) };
        TaskBlock block = Tasks(30, null);
        Preflight judged = Preflight.Judge(limits, Sample(4), block, name => name == "agent" ? Bytes.FromMebibytes(256) : null)!;
        Assert.Equal(EstimateOrigin.Learned, judged.Origin);
        Assert.Equal(15, judged.Carries);
        Assert.True(judged.IsExcessive);
    }

    [Fact]
    public void The_median_task_is_the_typical_one()
    {
        var builder = new BlockBuilder();
        builder.Task("large", BlockBuilder.Shape(memory: 8L << 30));
        builder.Task("small-1", BlockBuilder.Shape(memory: 100 << 20));
        builder.Task("small-2", BlockBuilder.Shape(memory: 100 << 20));
        Preflight judged = Preflight.Judge(KernelLimits.Default, Sample(16), builder.Build(), static _ => null)!;
        Assert.Equal(Bytes.FromMebibytes(100), judged.PerTask);
    }

    private static Preflight Judge(KernelLimits limits, int perTask, int total, int tasks) =>
        Preflight.Judge(limits, Sample(total), Tasks(tasks, Gigabytes(perTask)), static _ => null)!;

    private static TaskBlock Tasks(int count, Bytes? memory)
    {
        var builder = new BlockBuilder();
        for (int i = 0; i < count; i++)
        {
            builder.Task($"t{i}", BlockBuilder.Shape("agent", memory?.Value));
        }

        return builder.Build();
    }

    private static MemorySample Sample(int total) => new(Gigabytes(total), Gigabytes(total), default);

    private static Bytes Gigabytes(int count) => new((long)count << 30);
}
