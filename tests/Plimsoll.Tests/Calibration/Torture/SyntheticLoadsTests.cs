using Plimsoll.Calibration.Torture.Loads;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class SyntheticLoadsTests
{
    private const long Host = 1L << 30;
    private static readonly SyntheticLoads Loads = new("/bin/plimsoll", Host);

    [Fact]
    public void The_same_seed_gives_the_same_jobs_and_another_seed_others()
    {
        Assert.Equal(Loads.Mixed(3, 36).Jobs, Loads.Mixed(3, 36).Jobs);
        Assert.NotEqual(Loads.Mixed(3, 36).Jobs, Loads.Mixed(4, 36).Jobs);
    }

    [Fact]
    public void All_at_once_is_far_above_the_host_and_each_alone_fits()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            foreach (TortureLoad load in new[] { Loads.Mixed(seed, 36), Loads.Homogeneous(seed, 24) })
            {
                Assert.True(load.Jobs.Sum(job => job.PeakBytes) > (load.Name == "homogeneous-page-cache-hog" ? 1.2 : 3) * Host, load.Name);
                Assert.All(load.Jobs, job => Assert.InRange(job.PeakBytes, 1, Host / 2));
            }
        }
    }

    [Fact]
    public void Every_kind_of_job_has_a_homogeneous_load()
    {
        string[] names = [.. Enumerable.Range(1, 8).Select(seed => Loads.Homogeneous(seed, 1).Name).Distinct()];
        Assert.Equal(8, names.Length);
    }

    [Theory]
    [InlineData(nameof(JobKind.Steady), 1.0)]
    [InlineData(nameof(JobKind.Leak), 0.625)]
    [InlineData(nameof(JobKind.Sawtooth), 0.7)]
    public void A_curve_knows_its_area(string kind, double mean)
    {
        MemoryCurve curve = MemoryCurve.Of(Enum.Parse<JobKind>(kind), 1000, 8);
        Assert.Equal(mean * 1000 * 8, curve.ByteSeconds, 1.0);
        Assert.Equal(1000, curve.PeakBytes);
        Assert.Equal(8, curve.Seconds, 6);
        Assert.Equal(0, curve.Without(1000).ByteSeconds);
        Assert.Equal((mean - 0.1) * 1000 * 8, curve.Without(100).ByteSeconds, 1.0);
    }

    [Fact]
    public void The_packing_bound_is_the_area_or_the_longest_job()
    {
        TortureJob small = new(0, "a", "", 100, 1000, 10);
        Assert.Equal(10, PackingBound.Seconds([small, small], 1000));
        Assert.Equal(20, PackingBound.Seconds([small, small], 100));
        Assert.Null(PackingBound.Seconds([small with { Seconds = 0 }], 100));
    }
}
