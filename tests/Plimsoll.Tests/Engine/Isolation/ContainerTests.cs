using System.Diagnostics;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

[Collection(ProcessCollection.Name)]
public sealed class ContainerTests : IDisposable
{
    private const string Image = "localhost/plimsoll-test-busybox";
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-image-").FullName;

    [Fact]
    public async Task A_task_runs_in_its_container_with_its_folder_its_values_and_its_limits()
    {
        using CgroupRig rig = Rig();
        ProcessLaunch launch = Launch(
            rig, "echo value=$OWN-$OTHER > $PLIMSOLL_OUTPUT; pwd; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null; exit 3") with
        {
            Limits = new TaskLimits(Bytes.FromMebibytes(64), 0.5, 50),
        };
        ExitReport report = await rig.Harness.Run(launch with { ContainerVariables = ["OWN"] });
        Assert.Equal((3, null), (report.ExitCode, report.StartError));
        Assert.Equal([rig.Harness.Folder, "67108864"], rig.Harness.OutputOf(launch.Attempt).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("value=own-\n", File.ReadAllText(launch.Files.Values));
    }

    [Fact]
    public async Task It_is_read_frozen_and_killed_in_its_cgroup_and_nothing_of_it_is_left()
    {
        using CgroupRig rig = Rig();
        AttemptId attempt = rig.Harness.Start(Launch(rig, "(head -c 30000000 /dev/zero; echo ready >&2; sleep 1000) | tail -n 1"));
        using NodeProbe probe = new(rig.Harness.Executor, rig.Parent, null, TimeProvider.System, Assert.Fail);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (probe.Tasks.IsEmpty || probe.Tasks[0].Resident < new Bytes(30_000_000))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            probe.Read();
        }

        Assert.InRange(probe.Tasks[0].Resident.Value, 30_000_000, 50_000_000);
        Assert.True(rig.Harness.Executor.Freeze(attempt));
        rig.Harness.Kill(attempt, 0);
        ExitReport report = await rig.Harness.Ended(attempt);
        Assert.NotEqual(0, report.ExitCode);
        CgroupMounts mounts = CgroupMounts.Read();
        string place = rig.Parent.Paths.Memory[(mounts.Of("memory") ?? mounts.Unified!).Length..];
        rig.Parent.Dispose();
        Assert.DoesNotContain(mounts.FoldersOf(place), Directory.Exists);
        Assert.DoesNotContain(rig.Harness.JournalId, Podman("ps", "--all", "--format", "{{.Names}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_its_limit_it_is_killed_and_told_so()
    {
        using CgroupRig rig = Rig();
        ProcessLaunch launch = Launch(rig, "tail -n 1 /dev/zero") with { Limits = new TaskLimits(Bytes.FromMebibytes(32), null, null) };
        Assert.Equal(MemoryEnd.OwnLimit, (await rig.Harness.Run(launch)).Evidence);
    }

    [Fact]
    public async Task Without_an_image_or_an_engine_it_is_refused()
    {
        using ProcessHarness harness = new();
        ProcessLaunch launch = harness.Shell(StartMode.Supervised, "true") with { Isolation = IsolationKind.Container };
        Assert.Contains("image:", (await harness.Run(launch)).StartError, StringComparison.Ordinal);
        launch = harness.Shell(StartMode.Supervised, "true") with { Isolation = IsolationKind.Container, Image = Image, Environment = ["PATH=/nowhere"] };
        Assert.Contains("podman or docker", (await harness.Run(launch)).StartError, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ProcessLaunch Launch(CgroupRig rig, string script)
    {
        // Where raising limits is not allowed, an engine's defaults are refused by the kernel.
        string configuration = Path.Combine(rig.Harness.Folder, "containers.conf");
        File.WriteAllText(configuration, "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\nnetns = \"none\"\n");
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, script);
        return launch with
        {
            Isolation = IsolationKind.Container,
            Image = Image,
            Environment = [.. launch.Environment, $"CONTAINERS_CONF={configuration}", "OWN=own", "OTHER=other"],
        };
    }

    private static string Podman(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("podman", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return output;
    }

    private CgroupRig Rig()
    {
        Component.Require("podman");
        Component.RequirePath("/bin/busybox", "busybox-static");
        File.Copy("/bin/busybox", Path.Combine(folder, "busybox"), overwrite: true);
        File.WriteAllText(
            Path.Combine(folder, "Dockerfile"), "FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\nENV PATH=/bin\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
        Podman("build", "--quiet", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024", "--tag", Image, folder);
        return new CgroupRig();
    }
}
