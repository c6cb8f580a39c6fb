using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>Starts commands without anybody who waits for them: what a killed Plimsoll leaves behind.</summary>
[Collection(ProcessCollection.Name)]
public sealed class SurvivorTests : IDisposable
{
    private readonly ProcessHarness harness = new();
    private readonly CommandSpawner spawner = new();
    private readonly List<int> started = [];

    [Theory]
    [InlineData(StartMode.Direct, "sleep 1000 & echo ready; sleep 1000")]
    [InlineData(StartMode.Supervised, "sleep 1000 & echo ready; sleep 1000")]
    [InlineData(StartMode.Supervised, "(setsid sleep 1000 &); echo ready; sleep 1000")]
    [InlineData(StartMode.Supervised, "trap '' TERM; echo ready; sleep 1000; sleep 1000")]
    public async Task A_living_tree_is_ended_and_reported_lost(StartMode mode, string script)
    {
        AttemptTrace trace = Spawn(harness.Shell(mode, script));
        await harness.Written(trace.Attempt, "ready");
        Assert.NotEmpty(harness.Remaining());
        Assert.True(EndAll(trace).Gone);
        Assert.Empty(harness.Remaining());
        Assert.Null(ExitFile.Read(trace.Files.Exit, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_hid_from_everything_but_its_cgroup_is_ended_even_when_frozen_and_the_cgroup_is_removed(bool unified)
    {
        IsolationOptions options = new(harness.JournalId) { UseUnified = unified, UseSystemd = false };
        TaskParent? parent = TaskParent.TryOpen(options, Assert.Fail, out string? missing);
        Component.RequireThat(parent is not null, $"cgroups: {missing}");
        const string Hide = "env -i setsid sh -c 'setsid sleep 1000 & echo $!' & wait; echo ready; sleep 1000";
        ProcessLaunch launch = harness.Shell(StartMode.Supervised, Hide);
        TaskLeaf leaf = parent!.Make(launch.Attempt, TaskLimits.None, out _)!;
        AttemptTrace trace = Spawn(launch, leaf);
        await harness.Written(trace.Attempt, "ready");
        int hidden = int.Parse(harness.OutputOf(trace.Attempt).Split('\n')[0]);
        Assert.True(leaf.Freeze());
        Assert.True(EndAll(trace).Gone);
        Assert.False(ProcStat.TryRead(hidden, out ProcStat stat) && !stat.IsZombie);
        Assert.DoesNotContain(parent.Paths.Folders(), Directory.Exists);
    }

    [Fact]
    public async Task A_recorded_exit_is_given_and_what_was_left_behind_is_ended()
    {
        AttemptTrace trace = Spawn(harness.Shell(StartMode.Supervised, "sleep 1000 & echo a=1 > $PLIMSOLL_OUTPUT; exit 0"));
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (ExitFile.Read(trace.Files.Exit, out _) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);

        ExitReport report = EndAll(trace);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal("1", report.Outputs!["a"]);
        Assert.Empty(harness.Remaining());
        Assert.Contains("'b'", EndAll(trace with { DeclaredOutputs = ["a", "b"] }).OutputsError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_was_not_begun_is_revoked()
    {
        ProcessLaunch launch = harness.Shell(StartMode.Supervised, "echo ran");
        Assert.True(EndAll(new AttemptTrace(launch.Attempt, null, launch.Files)).Gone);
        Assert.Contains("could not be claimed", (await harness.Run(launch)).StartError, StringComparison.Ordinal);
        Assert.Empty(harness.OutputOf(launch.Attempt));
    }

    [Fact]
    public async Task Processes_of_another_journal_are_left_alone()
    {
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, "echo ready; sleep 1000"));
        await harness.Written(attempt, "ready");
        new Survivors(harness.JournalId + "x", TimeProvider.System).EndAll([], TimeSpan.Zero);
        Assert.NotEmpty(harness.Remaining());
        harness.Kill(attempt, 10);
        Assert.Equal(15, (await harness.Ended(attempt)).Signal);
    }

    [Fact]
    public async Task A_number_taken_over_by_another_process_is_not_touched()
    {
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Direct, "echo ready; sleep 1000"));
        await harness.Written(attempt, "ready");
        ProcessIdentity process = await harness.Started(attempt);
        AttemptTrace stale = new(harness.NewAttempt(), process with { StartTicks = process.StartTicks - 1 }, harness.FilesOf(harness.NewAttempt()));
        new Survivors("another", TimeProvider.System).EndAll([stale], TimeSpan.Zero);
        Assert.True(ProcStat.TryRead(process.Pid, out ProcStat stat) && !stat.IsZombie);
        harness.Kill(attempt, 10);
        await harness.Ended(attempt);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("1", null, null)]
    [InlineData("12\n", 12, null)]
    [InlineData("Killed\n137\n", null, 9)]
    [InlineData("137\n", 137, null)]
    [InlineData("Killed\n13", null, null)]
    [InlineData("sh: 3: cannot create x: File exists\n", null, null)]
    [InlineData("999\n", null, null)]
    [InlineData("-1\n", null, null)]
    public void An_exit_file_counts_only_when_it_is_complete(string text, int? code, int? signal)
    {
        ExitReport? report = ExitFile.Parse(text, out _);
        Assert.Equal((code, signal), (report?.ExitCode, report?.Signal));
    }

    public unsafe void Dispose()
    {
        foreach (int pid in started)
            Assert.Equal(pid, LibC.Wait(pid, null, 0, null));

        spawner.Dispose();
        harness.Dispose();
    }

    private ExitReport EndAll(AttemptTrace trace) =>
        new Survivors(harness.JournalId, TimeProvider.System).EndAll([trace], TimeSpan.FromMilliseconds(300))[trace.Attempt];

    private AttemptTrace Spawn(ProcessLaunch launch, TaskLeaf? leaf = null)
    {
        LiveAttempt attempt = new(launch, AttemptTag.Of(harness.JournalId, launch.Attempt), 1) { Leaf = leaf };
        int pid = spawner.Spawn(attempt, out string? refusal);
        Assert.Null(refusal);
        started.Add(pid);
        Assert.True(ProcStat.TryRead(pid, out ProcStat stat));
        return new AttemptTrace(launch.Attempt, new ProcessIdentity(pid, stat.StartTicks, BootIdentity.Current), launch.Files);
    }
}
