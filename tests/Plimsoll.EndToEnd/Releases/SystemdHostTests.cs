using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>A machine with systemd, cgroup v2 and rootless podman: what is enforced there for users without privileges.</summary>
[Collection(EmulatedMachines.Name)]
public sealed class SystemdHostTests
{
    [Fact]
    public async Task Scopes_and_rootless_containers_are_limited_and_leave_nothing_behind()
    {
        if (TestLevel.Current != "quick")
            Component.Require("mmdebstrap");

        string said = await EmulatedMachine.RunAsync("systemd-host", "SYSTEMD_HOST_SECONDS", 480);
        Assert.Matches("(?m)^rootless container: over its memory limit +out_of_memory$", said);
        Assert.Matches("(?m)^  groups and scopes left +0$", said);
    }
}
