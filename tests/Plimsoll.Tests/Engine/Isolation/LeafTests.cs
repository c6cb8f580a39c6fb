using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

[Collection(ProcessCollection.Name)]
public sealed class LeafTests
{
    [Theory]
    [InlineData(true, StartMode.Supervised)]
    [InlineData(true, StartMode.Direct)]
    [InlineData(false, StartMode.Supervised)]
    public async Task A_task_over_its_limit_is_killed_with_everything_it_started(bool unified, StartMode mode)
    {
        using CgroupRig rig = new(unified);
        ProcessLaunch launch = rig.Harness.Shell(mode, "sleep 1000 & head -c 200000000 /dev/zero | tail -n 1; wait") with
        {
            Limits = new TaskLimits(Bytes.FromMebibytes(32), null, null),
        };
        ExitReport report = await rig.Harness.Run(launch);
        Assert.NotEqual(0, report.ExitCode);
        Assert.Empty(rig.Harness.Remaining());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_command_is_in_its_leaf_and_its_supervisor_is_not(bool unified)
    {
        using CgroupRig rig = new(unified);
        AttemptId attempt = await Started(rig, rig.Harness.Shell(StartMode.Supervised, "cat /proc/self/cgroup /proc/$PPID/cgroup; echo ready; sleep 1000"));
        string[] members = [.. Lines(rig, attempt).Where(line => line.Contains(rig.Parent.Paths.Child(attempt.ToString()).Memory[^20..], StringComparison.Ordinal))];
        Assert.Equal(unified ? 2 : 3, rig.Leaves().Length);
        Assert.Equal(rig.Leaves().Length, members.Length); // cat's, not those of the shell's parent
        string supervisor = File.ReadAllText($"/proc/{(await rig.Harness.Started(attempt)).Pid}/cgroup");
        Assert.DoesNotContain(rig.Harness.JournalId, supervisor, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_escapes_by_a_double_fork_stays_in_its_leaf_and_dies_with_the_task(bool unified)
    {
        using CgroupRig rig = new(unified);
        const string Escape = "env -i /usr/bin/setsid /bin/sh -c '/usr/bin/setsid sleep 1000 & echo $! >&2; exit' & wait; echo ready";
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, Escape + "; sleep 1000");
        AttemptId attempt = await Started(rig, launch);
        int escaped = int.Parse(File.ReadAllText(launch.Files.Error));
        Assert.Contains(rig.Harness.JournalId, File.ReadAllText($"/proc/{escaped}/cgroup"), StringComparison.Ordinal);
        rig.Harness.Kill(attempt, 0);
        await rig.Harness.Ended(attempt);
        Assert.False(Directory.Exists($"/proc/{escaped}"));
    }

    [Fact]
    public async Task A_short_command_without_a_limit_gets_no_leaf()
    {
        using CgroupRig rig = new();
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Direct, "cat /proc/self/cgroup");
        await rig.Harness.Run(launch);
        Assert.DoesNotContain(rig.Harness.JournalId, rig.Harness.OutputOf(launch.Attempt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_what_the_kernel_repeats()
    {
        using CgroupRig rig = new();
        TaskLimits limits = new(Bytes.FromMebibytes(64), 0.5, 40);
        AttemptId attempt = await Started(rig, rig.Harness.Shell(StartMode.Supervised, "echo ready; sleep 1000") with { Limits = limits });
        Assert.Equal(limits, rig.Harness.Executor.IsolationOf(attempt)!.Applied);
        Assert.Empty(rig.Notices);
    }

    [Fact]
    public async Task A_process_that_moves_itself_out_is_noticed_and_still_ended_with_its_task()
    {
        using CgroupRig rig = new();
        string outside = Path.GetDirectoryName(rig.Parent.Paths.Memory)!;
        // Long enough inside to be seen there.
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, $"sleep 2.5; echo 0 > {outside}/cgroup.procs; echo ready; sleep 1000");
        AttemptId attempt = await Started(rig, launch);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!rig.Harness.Executor.IsolationOf(attempt)!.Escaped || rig.Notices.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);

        Assert.Contains("moved itself out", Assert.Single(rig.Notices), StringComparison.Ordinal);
        rig.Harness.Kill(attempt, 0);
        await rig.Harness.Ended(attempt);
    }

    [Fact]
    public async Task A_leaf_can_be_made_after_somebody_removed_the_empty_parent()
    {
        using CgroupRig rig = new();
        Assert.Equal(0, (await rig.Harness.Run(rig.Harness.Shell(StartMode.Supervised, "true"))).ExitCode);
        Directory.Delete(rig.Parent.Paths.Memory);
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, "cat /proc/self/cgroup; cat /proc/self/oom_score_adj") with { Isolation = IsolationKind.Cgroup };
        Assert.Equal(0, (await rig.Harness.Run(launch)).ExitCode);
        Assert.Contains(rig.Harness.JournalId, rig.Harness.OutputOf(launch.Attempt), StringComparison.Ordinal);
        Assert.EndsWith("\n500\n", rig.Harness.OutputOf(launch.Attempt), StringComparison.Ordinal);
    }

    private static string[] Lines(CgroupRig rig, AttemptId attempt) => rig.Harness.OutputOf(attempt).Split('\n');

    private static async Task<AttemptId> Started(CgroupRig rig, ProcessLaunch launch)
    {
        AttemptId attempt = rig.Harness.Start(launch);
        await rig.Harness.Written(attempt, "ready");
        return attempt;
    }
}
