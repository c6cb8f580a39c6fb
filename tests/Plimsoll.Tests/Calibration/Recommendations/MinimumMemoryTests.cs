using Plimsoll.Calibration.Recommendations;
using Xunit;

namespace Plimsoll.Tests.Calibration.Recommendations;

public sealed class MinimumMemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(40, 40)]
    [InlineData(300, 300)]
    [InlineData(300, 260)]
    [InlineData(1000, 520)]
    [InlineData(1000, 1100)]
    [InlineData(1000, 1400)]
    [InlineData(7777, 6000)]
    public async Task The_smallest_limit_is_found_within_5_percent_in_at_most_12_runs(long peak, long truth)
    {
        var search = new MinimumMemory((bytes, _) => Task.FromResult(bytes >= truth * Mebibyte));
        MinimumFound? found = await search.FindAsync(peak * Mebibyte, TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        Assert.InRange(found.Bytes / (double)(truth * Mebibyte), 1, 1.05);
        Assert.InRange(search.Tried.Count, 1, MinimumMemory.MostRuns);
        Assert.True(MinimumMemory.MostRuns + 1 <= 12);
        Assert.InRange(found.Held, 2, 3);
    }

    [Fact]
    public async Task A_job_that_needs_far_less_than_it_takes_is_followed_downwards()
    {
        var search = new MinimumMemory((bytes, _) => Task.FromResult(bytes >= 300 * Mebibyte));
        MinimumFound? found = await search.FindAsync(1000 * Mebibyte, TestContext.Current.CancellationToken);
        Assert.InRange(found!.Bytes, 300 * Mebibyte, 400 * Mebibyte);
    }

    [Fact]
    public async Task A_limit_that_holds_only_sometimes_is_not_the_answer()
    {
        int luck = 0;
        var search = new MinimumMemory((bytes, _) => Task.FromResult(bytes >= 500 * Mebibyte || (bytes >= 470 * Mebibyte && luck++ == 0)));
        MinimumFound? found = await search.FindAsync(500 * Mebibyte, TestContext.Current.CancellationToken);
        Assert.InRange(found!.Bytes, 480 * Mebibyte, 530 * Mebibyte);
    }

    [Fact]
    public async Task A_job_that_no_limit_carries_gets_no_answer()
    {
        var search = new MinimumMemory((_, _) => Task.FromResult(false));
        Assert.Null(await search.FindAsync(100 * Mebibyte, TestContext.Current.CancellationToken));
        Assert.Equal(MinimumMemory.MostRuns, search.Tried.Count);
    }

    [Fact]
    public void Three_of_three_runs_say_little_about_reliability() =>
        Assert.Equal(0.368, new MinimumFound(1, 1, 3, 9).LeastReliability, 0.001);
}
