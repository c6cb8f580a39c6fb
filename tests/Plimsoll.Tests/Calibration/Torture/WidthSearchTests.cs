using Plimsoll.Calibration.Torture.Contenders;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class WidthSearchTests
{
    [Theory]
    [InlineData(7, 3)]
    [InlineData(7, 24)]
    [InlineData(1, 6)]
    [InlineData(24, 2)]
    public async Task It_finds_the_last_width_that_does_no_harm_from_any_estimate(int last, int estimate)
    {
        WidthSearch search = new(24);
        await search.FindAsync(estimate, (width, _) => Task.FromResult<double?>(width <= last ? 100.0 / width : null));
        Assert.Equal(last, search.BestWidth);
        Assert.True(search.Tried.Count <= 12, $"{search.Tried.Count} widths were tried");
    }

    [Fact]
    public async Task Nothing_is_best_when_every_width_does_harm()
    {
        WidthSearch search = new(8);
        await search.FindAsync(4, (_, _) => Task.FromResult<double?>(null));
        Assert.Null(search.BestWidth);
    }

    [Fact]
    public async Task A_width_that_does_harm_when_it_is_tried_again_is_not_the_best()
    {
        WidthSearch search = new(4);
        await search.FindAsync(1, (width, _) => Task.FromResult<double?>(12.0 / width));
        await search.ConfirmAsync((width, _) => Task.FromResult<double?>(width == 4 ? null : 6));
        Assert.Equal(3, search.BestWidth);
        Assert.Equal(5, search.BestSeconds);
    }

    [Fact]
    public async Task Each_width_hears_of_the_best_so_far()
    {
        WidthSearch search = new(4);
        List<double?> told = [];
        await search.FindAsync(1, (width, best) =>
        {
            told.Add(best);
            return Task.FromResult<double?>(10.0 / width);
        });
        Assert.Equal([null, 10, 5, 10 / 3.0], told);
    }
}
