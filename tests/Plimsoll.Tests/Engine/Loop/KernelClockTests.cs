using Plimsoll.Engine.Loop;
using Xunit;

namespace Plimsoll.Tests.Engine.Loop;

public sealed class KernelClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-86_400)]
    [InlineData(86_400)]
    public void A_wall_clock_that_jumps_moves_nothing(int jumpSeconds)
    {
        var wall = new WallClock { Wall = Noon };
        var clock = new KernelClock(wall, DateTimeOffset.MinValue);
        wall.Elapsed = TimeSpan.FromSeconds(7);
        wall.Wall = Noon.AddSeconds(jumpSeconds);
        Assert.Equal(Noon.AddSeconds(7), clock.Now);
    }

    [Fact]
    public void A_clock_set_back_across_a_restart_goes_on_from_the_newest_fact()
    {
        var wall = new WallClock { Wall = Noon.AddDays(-1) };
        var clock = new KernelClock(wall, Noon);
        Assert.Equal(Noon, clock.Now);
        wall.Elapsed = TimeSpan.FromSeconds(1);
        Assert.Equal(Noon.AddSeconds(1), clock.Now);
    }

    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
