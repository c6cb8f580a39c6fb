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
    public async Task It_is_left_to_the_next_executor_with_its_leaf_its_limits_and_its_exit_code()
    {
        using CgroupRig rig = Rig();
        TaskLimits limits = new(Bytes.FromMebibytes(64), 0.5, 50);
        ProcessLaunch launch = Launch(rig, "echo ready; while [ ! -e go ]; do sleep 0.05; done; exit 3") with { Limits = limits };
        AttemptId attempt = rig.Harness.Start(launch);
        await rig.Harness.Written(attempt, "ready");
        Assert.Equal([attempt], rig.Harness.Restart());
        Assert.Equal([attempt], rig.Harness.Adopt(new AttemptTrace(attempt, null, launch.Files) { Limits = limits }).Adopted);
        await Confirmed(rig, attempt);
        AttemptIsolation isolation = rig.Harness.Executor.IsolationOf(attempt)!;
        Assert.Equal((IsolationKind.Container, limits), (isolation.Kind, isolation.Applied));
        await File.WriteAllTextAsync(Path.Combine(rig.Harness.Folder, "go"), "", TestContext.Current.CancellationToken);
        Assert.Equal(3, (await rig.Harness.Ended(attempt)).ExitCode);
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
    public async Task Its_limits_are_what_the_kernel_repeats()
    {
        using CgroupRig rig = Rig();
        TaskLimits limits = new(Bytes.FromMebibytes(64), 0.5, 50);
        AttemptId attempt = rig.Harness.Start(Launch(rig, "sleep 1000") with { Limits = limits });
        await Confirmed(rig, attempt);
        AttemptIsolation isolation = rig.Harness.Executor.IsolationOf(attempt)!;
        Assert.Equal((IsolationKind.Container, limits), (isolation.Kind, isolation.Applied));
        rig.Harness.Kill(attempt, 0);
        await rig.Harness.Ended(attempt);
        Assert.Empty(rig.Notices);
    }

    [Fact]
    public async Task One_whose_engine_does_not_set_its_memory_limit_is_ended_and_refused()
    {
        using CgroupRig rig = Rig();
        ProcessLaunch launch = Launch(rig, "sleep 1000") with { Limits = new TaskLimits(Bytes.FromMebibytes(64), null, null) };
        ExitReport report = await rig.Harness.Run(Without(rig, launch, "--memory", "--memory-swap"));
        Assert.Contains("memory_limit of 64M is not in force", report.StartError, StringComparison.Ordinal);
        Assert.Contains("isolation: cgroup", report.StartError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_its_engine_puts_elsewhere_or_does_not_slow_down_is_told_of()
    {
        using CgroupRig rig = Rig();
        List<string> notices = [];
        rig.Harness.Executor.Notice = notices.Add;
        ProcessLaunch launch = Launch(rig, "sleep 1000") with { Limits = new TaskLimits(Bytes.FromMebibytes(64), 0.5, null) };
        AttemptId attempt = rig.Harness.Start(Without(rig, launch, "--cgroup-parent", "--cpus"));
        await Confirmed(rig, attempt);
        rig.Harness.Kill(attempt, 0);
        await rig.Harness.Ended(attempt);
        Assert.DoesNotContain(rig.Harness.JournalId, Podman("ps", "--all", "--format", "{{.Names}}"), StringComparison.Ordinal);
        Assert.Equal(2, notices.Count);
        Assert.Contains("not in the groups of their tasks", notices[0], StringComparison.Ordinal);
        Assert.Contains("cpu: of containers is not enforced", notices[1], StringComparison.Ordinal);
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

    /// <summary>The launch with an engine that overlooks some options.</summary>
    private static ProcessLaunch Without(CgroupRig rig, ProcessLaunch launch, params string[] options)
    {
        string engine = Path.Combine(rig.Harness.Folder, "podman");
        string forgotten = string.Join('|', options);
        File.WriteAllText(
            engine, $"#!/bin/bash\nkept=()\nwhile [ $# -gt 0 ]; do case $1 in {forgotten}) shift 2 ;; *) kept+=(\"$1\"); shift ;; esac; done\nexec /usr/bin/podman \"${{kept[@]}}\"\n");
        File.SetUnixFileMode(engine, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return launch with { Environment = [$"PATH={rig.Harness.Folder}:/usr/bin:/bin", .. launch.Environment.Where(entry => !entry.StartsWith("PATH=", StringComparison.Ordinal))] };
    }

    private static async Task Confirmed(CgroupRig rig, AttemptId attempt)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (rig.Harness.Executor.IsolationOf(attempt) is not { Applied.Memory: not null })
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
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
