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

    [Fact]
    public void A_container_engine_is_reported_with_whether_its_limits_hold()
    {
        using CgroupRig rig = new();
        string engine = Path.Combine(rig.Harness.Folder, "docker");
        File.WriteAllText(engine, "");
        IsolationOptions options = new("trial") { UseSystemd = false };
        IsolationFeature found = IsolationReport.Examine(options, [$"PATH={rig.Harness.Folder}"]).Features[^1];
        Assert.Equal(("containers", Environment.IsPrivilegedProcess || rig.Parent.Paths.IsUnified), (found.Name, found.Enforced));
        Assert.StartsWith(engine, found.Detail, StringComparison.Ordinal);
        IsolationFeature missing = IsolationReport.Examine(options, ["PATH=/nowhere"]).Features[^1];
        Assert.Equal((false, "neither podman nor docker is on the PATH"), (missing.Enforced, missing.Detail));
    }
}
