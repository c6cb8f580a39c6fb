using System.Collections.Immutable;
using Plimsoll.Engine.Probes;
using Xunit;

namespace Plimsoll.Tests.Engine.Probes;

public sealed class CgroupMemoryTests
{
    [Theory]
    [InlineData(true, "memory.max", "memory.current", "file 300\ninactive_file 100\nslab_reclaimable 50\n")]
    [InlineData(false, "memory.limit_in_bytes", "memory.usage_in_bytes", "inactive_file 1\ntotal_cache 300\ntotal_inactive_file 150\n")]
    public void The_tightest_cgroup_counts_without_what_the_kernel_takes_back_for_the_asking(bool unified, string limit, string use, string statistics)
    {
        string mount = Directory.CreateTempSubdirectory("plimsoll-cgroup-").FullName;
        string group = Directory.CreateDirectory(Path.Combine(mount, "a", "b")).FullName;
        File.WriteAllText(Path.Combine(mount, "a", limit), "1000\n");
        File.WriteAllText(Path.Combine(mount, "a", use), "700\n");
        File.WriteAllText(Path.Combine(mount, "a", "memory.stat"), statistics);
        File.WriteAllText(Path.Combine(group, limit), unified ? "max\n" : "9223372036854771712\n");
        File.WriteAllText(Path.Combine(group, use), "700\n");
        string line = unified ? "0::/a/b" : "4:cpu,memory:/a/b";
        CgroupMounts mounts = new(unified ? mount : null, unified ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("memory", mount));
        IReadOnlyList<CgroupMemory> groups = CgroupMemory.Of(CgroupMembership.Of([line], mounts));
        (long Limit, long Free)?[] read = [.. groups.Select(each => each.Read())];
        foreach (CgroupMemory each in groups)
            each.Dispose();

        Directory.Delete(mount, recursive: true);
        Assert.Equal([null, (1000, 450)], read);
    }

    [Fact]
    public void Mounts_are_told_apart()
    {
        CgroupMounts mounts = CgroupMounts.Parse(
        [
            "30 24 0:26 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory",
            "31 24 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu",
            "32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
        ]);
        Assert.Equal(
            ("/sys/fs/cgroup/unified", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu", null),
            (mounts.Unified, mounts.Of("memory"), mounts.Of("cpu"), mounts.Of("freezer")));
    }
}
