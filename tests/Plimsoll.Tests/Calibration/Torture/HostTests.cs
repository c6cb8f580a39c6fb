using Plimsoll.Calibration.Torture.Host;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class HostTests
{
    private const string MountV1 = "30 20 0:26 / /nowhere/memory rw - cgroup cgroup rw,memory";
    private const string MountV2 = "31 20 0:27 / /nowhere/unified rw - cgroup2 cgroup2 rw";

    [Fact]
    public void The_memory_controller_of_version_1_is_found_among_other_hierarchies()
    {
        string[] groups = ["9:name=systemd:/", "4:cpu,memory:/box", "0::/"];
        HostHierarchy? found = HostHierarchy.Find(groups, [MountV1, MountV2], unified: false);
        // A path that is not there is the host's, seen from a container: the mount itself is our group.
        Assert.Equal(new HostHierarchy("/nowhere/memory", "/nowhere/memory", false), found);
    }

    [Fact]
    public void Version_2_is_the_line_without_controllers()
    {
        Assert.Equal(new HostHierarchy("/nowhere/unified", "/nowhere/unified", true), HostHierarchy.Find(["0::/user.slice"], [MountV2], unified: true));
        Assert.Null(HostHierarchy.Find(["4:cpu:/box"], [MountV1], unified: true));
    }

    [Theory]
    [InlineData("/plimsoll-4711/3.1", true)]
    [InlineData("/contender/plimsoll-4711", true)]
    [InlineData("/plimsoll-4711.self", false)]
    [InlineData("/contender", false)]
    [InlineData("", false)]
    public void A_kill_in_a_task_group_is_not_a_kill_of_the_host(string path, bool task) => Assert.Equal(task, KillCounter.IsTaskGroup(path));
}
