using Plimsoll.Cli.Burn;
using Xunit;

namespace Plimsoll.Tests.Cli.Burn;

public sealed class BurnTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 300)]
    [InlineData(9, 300)]
    public void A_curve_is_followed_in_straight_lines(int second, long bytes)
    {
        BurnOptions options = new([new(TimeSpan.FromSeconds(1), 100), new(TimeSpan.FromSeconds(3), 300)], TimeSpan.FromSeconds(10), 0);
        Assert.Equal(bytes, options.ResidentBytesAt(TimeSpan.FromSeconds(second)));
        Assert.Equal(300, options.LargestBytes);
    }

    [Fact]
    public void Ballast_is_resident_when_held_and_gone_when_given_back()
    {
        const long Size = 200L << 20;
        using Ballast ballast = new(Size);
        long before = OwnProcess.ResidentBytes();
        ballast.Hold(Size);
        long held = OwnProcess.ResidentBytes() - before;
        ballast.Hold(Size / 2);
        long half = OwnProcess.ResidentBytes() - before;
        // Other tests allocate meanwhile.
        Assert.InRange(held, Size - (60L << 20), Size + (200L << 20));
        Assert.InRange(held - half, (Size / 2) - (60L << 20), (Size / 2) + (60L << 20));
    }

    [Fact]
    public void A_life_that_is_over_by_the_time_of_the_start_ends_at_once_and_a_size_below_the_floor_is_said()
    {
        StringWriter warnings = new();
        Burner burner = new(TimeProvider.System, warnings);
        Assert.Equal(0, burner.Run(BurnOptions.Constant(1, TimeSpan.FromMilliseconds(1)), TestContext.Current.CancellationToken));
        Assert.Contains("less than the runtime", warnings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_burn_says_so()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Burner burner = new(TimeProvider.System, TextWriter.Null);
        Assert.Equal(143, burner.Run(BurnOptions.Constant(1, TimeSpan.FromHours(1), cpuThreads: 2), cancelled.Token));
    }
}
