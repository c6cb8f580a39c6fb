using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Xunit;

namespace Plimsoll.Tests.Core.Admission;

public sealed class ConcurrencyRuleTests
{
    [Theory]
    [InlineData(16, 4, 2)]
    [InlineData(16, 2, 4)]
    [InlineData(16, 8, 1)]
    [InlineData(32, 4, 4)]
    [InlineData(64, 4, 8)]
    [InlineData(128, 4, 12)]
    [InlineData(4, 4, 1)]
    public void Reserve_keeps_memory_for_the_host(int total, int perTask, int expected)
    {
        var rule = new ReserveConcurrency(Gib(perTask), null, null, null, TimeSpan.Zero);

        Assert.Equal(expected, ConcurrencyRule.Limit(Limits(rule), new MemorySample(Gib(total), default, default)));
    }

    [Fact]
    public void Reserve_reduces_a_request_it_does_not_allow()
    {
        var sample = new MemorySample(Gib(16), Gib(16), default);

        Assert.Equal(2, ConcurrencyRule.Limit(Limits(new ReserveConcurrency(Gib(4), null, 8, null, TimeSpan.Zero)), sample));
        Assert.Equal(1, ConcurrencyRule.Limit(Limits(new ReserveConcurrency(Gib(4), null, 1, null, TimeSpan.Zero)), sample));
    }

    [Fact]
    public void The_default_reserve_is_linear_between_its_points()
    {
        Assert.Equal(Gib(12), ConcurrencyRule.DefaultReserve(Gib(24)));
        Assert.Equal(Gib(56), ConcurrencyRule.DefaultReserve(Gib(96)));
    }

    [Theory]
    [InlineData(1.9, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    [InlineData(8, 6)]
    [InlineData(8.1, 8)]
    public void Tiers_follow_free_memory(double free, int expected)
    {
        var sample = new MemorySample(Gib(64), Gib(free), default);

        Assert.Equal(expected, ConcurrencyRule.Limit(Limits(new TiersConcurrency(null, null, TimeSpan.Zero)), sample));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(6.1, 4)]
    [InlineData(60, 8)]
    public void Formula_divides_what_is_available(double free, int expected)
    {
        var rule = new FormulaConcurrency(Gib(1.5), 8, null, TimeSpan.Zero);

        Assert.Equal(expected, ConcurrencyRule.Limit(Limits(rule), new MemorySample(Gib(64), Gib(free), default)));
    }

    [Fact]
    public void Memory_that_our_own_tasks_hold_is_not_counted_as_gone()
    {
        var rule = new FormulaConcurrency(Gib(1.5), 8, null, TimeSpan.Zero);

        Assert.Equal(4, ConcurrencyRule.Limit(Limits(rule), new MemorySample(Gib(64), Gib(0), Gib(6))));
    }

    [Fact]
    public void Without_any_reading_one_task_runs_unless_the_user_said_how_many()
    {
        Assert.Equal(1, ConcurrencyRule.Limit(KernelLimits.Default, null));
        Assert.Equal(7, ConcurrencyRule.Limit(Limits(new AutoConcurrency(7, null, TimeSpan.Zero)), null));
        Assert.Equal(5, ConcurrencyRule.Limit(Limits(new FixedConcurrency(5, true, null, TimeSpan.Zero)), null));
    }

    private static Bytes Gib(double value) => new((long)(value * (1L << 30)));

    private static KernelLimits Limits(ConcurrencyPolicy policy) => KernelLimits.Default with { Concurrency = policy };
}
