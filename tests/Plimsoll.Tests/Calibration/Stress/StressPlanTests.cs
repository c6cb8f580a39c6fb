using Plimsoll.Calibration.Stress;
using Plimsoll.Core.Units;
using Xunit;

namespace Plimsoll.Tests.Calibration.Stress;

public sealed class StressPlanTests
{
    [Fact]
    public void A_row_is_one_pair_of_limits_with_more_and_more_jobs()
    {
        var matrix = new StressMatrix([4, 1], [new Bytes(2L << 30), null], [1, null]);
        IReadOnlyList<StressCell>[] rows = [.. matrix.Rows()];
        Assert.Equal(4, rows.Length);
        Assert.Equal(["1x2048Mx1", "4x2048Mx1"], rows[0].Select(cell => cell.Name));
        Assert.Equal(["1xunlimitedxunlimited", "4xunlimitedxunlimited"], rows[3].Select(cell => cell.Name));
    }

    [Fact]
    public void The_default_matrix_has_80_cells()
    {
        var matrix = new StressMatrix(StressMatrix.DefaultAgents, StressMatrix.DefaultMemory, StressMatrix.DefaultCores);
        Assert.Equal(80, matrix.Rows().Sum(row => row.Count));
    }

    [Fact]
    public void A_spike_goes_beyond_what_is_safe_four_times_and_the_others_never()
    {
        foreach (LoadProfile profile in LoadProfile.All)
        {
            int[] widths = [.. Enumerable.Range(0, 100).Select(second => profile.Width(TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(100), 8))];
            int rises = Enumerable.Range(1, 99).Count(at => widths[at] > widths[at - 1]);
            Assert.Equal(profile.Name == "spike" ? 4 : 0, rises);
            Assert.Equal(profile.Name == "spike" ? 12 : profile.Width(default, TimeSpan.FromHours(1), 8), widths.Max());
            Assert.True(widths.Min() >= 1);
        }
    }
}
