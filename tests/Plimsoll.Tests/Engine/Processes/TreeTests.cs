using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

[Collection(ProcessCollection.Name)]
public sealed class TreeTests
{
    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_kill_ends_an_obedient_tree_by_SIGTERM(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(mode, "sleep 1000 & (sleep 1000 & sleep 1000) & echo ready; wait"));
        await harness.Written(attempt, "ready");
        harness.Kill(attempt, 30);
        ExitReport report = await harness.Ended(attempt);
        Assert.Equal(15, report.Signal);
        Assert.Empty(harness.Remaining());
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_task_that_ignores_SIGTERM_is_killed_after_the_grace(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(mode, "trap '' TERM; echo ready; while :; do sleep 1000; done"));
        await harness.Written(attempt, "ready");
        harness.Kill(attempt, 0.2);
        Assert.Equal(9, (await harness.Ended(attempt)).Signal);
        Assert.Empty(harness.Remaining());
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_task_that_cleans_up_on_SIGTERM_is_let_finish(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(mode, "trap 'echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.02; done"));
        await harness.Written(attempt, "ready");
        harness.Kill(attempt, 30);
        Assert.Equal(7, (await harness.Ended(attempt)).ExitCode);
        Assert.Contains("cleaned", harness.OutputOf(attempt), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_stopped_task_is_ended(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(mode, "echo ready; kill -STOP $$; sleep 1000"));
        await harness.Written(attempt, "ready");
        harness.Kill(attempt, 30);
        Assert.Equal(15, (await harness.Ended(attempt)).Signal);
    }

    [Theory]
    [InlineData(StartMode.Direct, "(setsid sleep 1000 &)")]
    [InlineData(StartMode.Supervised, "(setsid sleep 1000 &)")]
    [InlineData(StartMode.Direct, "sleep 1000 &")]
    [InlineData(StartMode.Supervised, "sleep 1000 &")]
    [InlineData(StartMode.Direct, "(env -i setsid sleep 1000 &)")]
    [InlineData(StartMode.Supervised, "(env -i setsid sleep 1000 &)")]
    [InlineData(StartMode.Direct, "(env -i sleep 1000 &)")]
    public async Task What_a_task_leaves_behind_is_ended_before_its_end_is_reported(StartMode mode, string daemon)
    {
        using ProcessHarness harness = new();
        string pids = Path.Combine(harness.Folder, "pids");

        // A length that nobody else on this machine sleeps, to find ours by it.
        string length = $"1000.{Environment.ProcessId}";
        string script = daemon.Replace("sleep 1000", $"sleep {length}", StringComparison.Ordinal);
        ExitReport report = await harness.Run(harness.Shell(mode, $"{script}\nsleep 0.05; ps -eo pid,args | grep '[s]leep {length}' > {pids}; exit 3"));
        Assert.Equal(3, report.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.False(ProcStat.TryRead(int.Parse(line.Trim().Split(' ')[0]), out _), $"alive: {line}"));
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Processes_that_keep_forking_and_leaving_are_ended(StartMode mode)
    {
        using ProcessHarness harness = new();
        // Each generation starts the next one and ends, so that at no moment the same processes exist; bounded to 5,000 generations.
        string script = Path.Combine(harness.Folder, "hop");
        string last = Path.Combine(harness.Folder, "last");
        await File.WriteAllTextAsync(
            script, $"trap '' TERM; [ $1 -gt 5000 ] && touch {last} && exit; /bin/sh {script} $(($1+1)) & exit 0", TestContext.Current.CancellationToken);
        ProcessLaunch launch = harness.Shell(mode, $"for i in 1 2 3 4; do /bin/sh {script} 1 & done; exit 0");
        ExitReport report = await harness.Run(launch with { Grace = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(0, report.ExitCode);
        Assert.Empty(harness.Remaining());
        Assert.False(File.Exists(last), "the processes ended by themselves");
    }

    [Fact]
    public async Task A_fork_bomb_is_ended()
    {
        using ProcessHarness harness = new();
        // Doubles up to eight levels deep and refills for ever.
        string script = Path.Combine(harness.Folder, "bomb");
        await File.WriteAllTextAsync(
            script, $"trap '' TERM; [ $1 -gt 6 ] && exec sleep 0.01; while :; do /bin/sh {script} $(($1+1)) & /bin/sh {script} $(($1+1)); wait; done", TestContext.Current.CancellationToken);
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, $"echo ready; /bin/sh {script} 1"));
        await harness.Written(attempt, "ready");
        harness.Kill(attempt, 0.3);
        Assert.NotNull((await harness.Ended(attempt)).Signal);
        Assert.Empty(harness.Remaining());
    }

    [Fact]
    public async Task When_the_supervisor_is_killed_its_command_is_ended_and_reported_lost()
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, "echo ready; sleep 1000"));
        await harness.Written(attempt, "ready");
        Assert.Equal(0, LibC.Kill((await harness.Started(attempt)).Pid, ProcessSignal.Kill));
        Assert.True((await harness.Ended(attempt)).Gone);
        Assert.Empty(harness.Remaining());
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_kill_at_any_moment_of_the_start_gives_one_end(StartMode mode)
    {
        using ProcessHarness harness = new();
        int count = TestLevel.Count(quick: 50, all: 300, soak: 3000);
        for (int index = 0; index < count; index++)
        {
            AttemptId attempt = harness.Start(harness.Launch(mode, "sleep", "1000"));
            if (index % 3 == 1)
                await harness.Started(attempt);

            Thread.SpinWait(index * 200);
            harness.Kill(attempt, 0.5);
            ExitReport report = await harness.Ended(attempt);
            Assert.True(report.StartError is not null || report.Signal is 9 or 15, report.ToString());
        }

        Assert.Equal(count, harness.Posted.OfType<AttemptEnded>().Count());
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Five_hundred_tasks_leave_no_zombie_and_no_descriptor(StartMode mode)
    {
        using ProcessHarness harness = new();
        await harness.Run(harness.Launch(mode, "true"));
        int descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        AttemptId[] attempts = [.. Enumerable.Range(0, 500).Select(_ => harness.Start(harness.Launch(mode, "true")))];
        foreach (AttemptId attempt in attempts)
            Assert.Equal(0, (await harness.Ended(attempt)).ExitCode);

        using ProcTable table = new();
        table.Refresh();
        int ours = Environment.ProcessId;
        Assert.True(ProcStat.TryRead(ours, out ProcStat self));
        // What other tests leave behind, such as the helpers of a browser, is in our own session; every task has one of its own.
        Assert.DoesNotContain(table.Entries.ToArray(), entry => entry.IsZombie && entry.Parent == ours && entry.Session != self.Session);
        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, descriptors + 5);
    }

    [Fact]
    public async Task Dispose_ends_what_still_runs()
    {
        ProcessHarness harness = new();
        AttemptId direct = harness.Start(harness.Launch(StartMode.Direct, "sleep", "1000"));
        AttemptId supervised = harness.Start(harness.Launch(StartMode.Supervised, "sleep", "1000"));
        await harness.Started(direct);
        await harness.Started(supervised);
        harness.Dispose();
        Assert.Equal(9, (await harness.Ended(direct)).Signal);
        ExitReport report = await harness.Ended(supervised);
        Assert.True(report.Signal == 9 || report.StartError is not null, report.ToString());
    }

    [Fact]
    public void A_kill_of_an_unknown_attempt_is_harmless()
    {
        using ProcessHarness harness = new();
        harness.Executor.Kill(harness.NewAttempt(), TimeSpan.Zero, KillReason.TimedOut);
        Assert.Empty(harness.Posted);
    }
}
