using Plimsoll.Engine.Isolation;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

[Collection(ProcessCollection.Name)]
public sealed class IsolationReportTests
{
    [Fact]
    public void What_the_machine_enforces_is_reported_and_the_trial_leaves_nothing_behind()
    {
        using CgroupRig rig = new();
        string[] before = Directory.GetDirectories(Path.GetDirectoryName(rig.Parent.Paths.Memory)!);
        IsolationReport report = IsolationReport.Examine(new IsolationOptions("trial") { UseSystemd = false });
        Assert.Equal(IsolationKind.Cgroup, report.Kind);
        Assert.True(report.Features.Single(feature => feature.Name == "memory_limit").Enforced);
        Assert.Equal(before, Directory.GetDirectories(Path.GetDirectoryName(rig.Parent.Paths.Memory)!));
    }

    [Fact]
    public void Where_no_group_can_be_made_limits_are_reported_as_watched_with_the_reason()
    {
        IsolationReport report = IsolationReport.Examine(new IsolationOptions("trial") { HostCgroup = "no/such/group", UseSystemd = false });
        Assert.Equal(IsolationKind.Process, report.Kind);
        Assert.Contains("no/such/group", report.Mechanism, StringComparison.Ordinal);
        Assert.False(report.Features.Single(feature => feature.Name == "memory_limit").Enforced);
    }
}
