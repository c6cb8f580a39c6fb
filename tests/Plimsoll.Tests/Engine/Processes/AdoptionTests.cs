using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;
using Xunit;
using static Plimsoll.Tests.Engine.Processes.AbandonedFleet;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>A living supervised attempt goes on under the executor that adopts it.</summary>
[Collection(ProcessCollection.Name)]
public sealed class AdoptionTests
{
    private const string Tree = "(setsid sleep 1000 &); (sleep 1000 &); sleep 1000 & ";

    public static TheoryData<Hierarchy> Kinds => [Hierarchy.Unified, Hierarchy.Legacy, Hierarchy.None];

    public static TheoryData<Hierarchy, string, int?, int?> Ends
    {
        get
        {
            TheoryData<Hierarchy, string, int?, int?> data = [];
            foreach (Hierarchy kind in new[] { Hierarchy.Unified, Hierarchy.None })
            {
                data.Add(kind, "exit 0", 0, null);
                data.Add(kind, "exit 3", 3, null);
                data.Add(kind, "exit 137", 137, null);
                data.Add(kind, "kill -9 $$", null, 9);
                data.Add(kind, "kill -SEGV $$", null, 11);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task It_goes_on_with_its_output_and_ends_with_its_true_exit_code(Hierarchy kind, string end, int? code, int? signal)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn(Wait + "echo after; " + end);
        await fleet.Harness.Written(trace.Attempt, "ready");
        Assert.Equal([trace.Attempt], fleet.Harness.Adopt(trace).Adopted);
        Assert.Equal(trace.Process, await fleet.Harness.Started(trace.Attempt));
        Assert.Equal(kind == Hierarchy.None ? IsolationKind.Process : IsolationKind.Cgroup, fleet.Harness.Executor.IsolationOf(trace.Attempt)!.Kind);
        fleet.LetGo();
        ExitReport report = await fleet.Harness.Ended(trace.Attempt);
        Assert.Equal((code, signal, false), (report.ExitCode, report.Signal, report.Gone));
        Assert.Equal("ready\nafter\n", fleet.Harness.OutputOf(trace.Attempt));
        Assert.Equal([false], fleet.Harness.Posted.OfType<AttemptAdopted>().Select(adopted => adopted.Frozen));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_kill_ends_its_whole_tree(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn(Tree + "echo ready; wait");
        await fleet.Harness.Written(trace.Attempt, "ready");
        fleet.Harness.Adopt(trace);
        Assert.True(fleet.Harness.Remaining().Count > 2);
        fleet.Harness.Kill(trace.Attempt, 0);
        Assert.Equal(9, (await fleet.Harness.Ended(trace.Attempt)).Signal);
        Assert.Empty(fleet.Harness.Remaining());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_it_leaves_behind_is_ended_before_it_is_reported(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn(Tree + Wait + "exit 0");
        await fleet.Harness.Written(trace.Attempt, "ready");
        fleet.Harness.Adopt(trace);
        fleet.LetGo();
        Assert.Equal(0, (await fleet.Harness.Ended(trace.Attempt)).ExitCode);
        Assert.Empty(fleet.Harness.Remaining());
    }

    [Fact]
    public async Task A_polite_kill_is_heard()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptTrace trace = fleet.Spawn("trap 'echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.02; done");
        await fleet.Harness.Written(trace.Attempt, "ready");
        fleet.Harness.Adopt(trace);
        fleet.Harness.Kill(trace.Attempt, 30);
        Assert.Equal(7, (await fleet.Harness.Ended(trace.Attempt)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_a_guard_froze_is_known_as_frozen_and_goes_on_when_it_is_thawed(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn(Wait + "exit 3");
        await fleet.Harness.Written(trace.Attempt, "ready");
        await Freeze(fleet, trace);
        fleet.LetGo();
        fleet.Harness.Adopt(trace);
        Assert.True(fleet.Harness.Executor.IsolationOf(trace.Attempt)!.Frozen);
        Assert.Equal([true], fleet.Harness.Posted.OfType<AttemptAdopted>().Select(adopted => adopted.Frozen));
        Assert.True(fleet.Harness.Executor.Thaw(trace.Attempt));
        Assert.Equal(3, (await fleet.Harness.Ended(trace.Attempt)).ExitCode);
    }

    [Theory]
    [InlineData('T', 'S', true)]
    [InlineData('D', 'T', true)] // stopped between vfork and exec
    [InlineData('D', 'D', false)]
    [InlineData('S', 'T', false)]
    public void It_is_known_as_frozen_by_what_its_processes_do(char shell, char child, bool frozen) =>
        Assert.Equal(frozen, AttemptRecovery.IsStopped(10, [Stat(10, 1, 'S'), Stat(11, 10, shell), Stat(12, 11, child), Stat(13, 1, 'R')]));

    [Fact]
    public async Task Limits_that_a_kernel_enforces_are_read_back_and_its_count_of_processor_time_is_kept()
    {
        using AbandonedFleet fleet = new(Hierarchy.Unified);
        TaskLimits limits = new(Bytes.FromMebibytes(64), 0.5, 40);
        AttemptTrace trace = fleet.Spawn(fleet.Harness.Shell(StartMode.Supervised, "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; " + Wait) with { Limits = limits });
        await fleet.Harness.Written(trace.Attempt, "ready");
        fleet.Harness.Adopt(trace with { Limits = TaskLimits.None });
        Assert.Equal(limits, fleet.Harness.Executor.IsolationOf(trace.Attempt)!.Applied);
        fleet.LetGo();
        Assert.InRange((await fleet.Harness.Ended(trace.Attempt)).Cpu.TotalSeconds, 0.02, 60);
    }

    [Fact]
    public async Task A_limit_that_no_kernel_enforces_is_watched_on()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptTrace trace = fleet.Spawn("(head -c 60000000 /dev/zero; sleep 1000) | tail -n 1 & echo ready; wait");
        await fleet.Harness.Written(trace.Attempt, "ready");
        fleet.Harness.Adopt(trace with { Limits = new TaskLimits(Bytes.FromMebibytes(32), null, null) });
        using NodeProbe probe = new(fleet.Harness.Executor, null, null, TimeProvider.System, Assert.Fail);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (probe.Tasks.IsEmpty || probe.Tasks[0].Resident < Bytes.FromMebibytes(32))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            probe.Read();
        }

        ExitReport report = await fleet.Harness.Ended(trace.Attempt);
        Assert.Equal(MemoryEnd.OwnLimit, report.Evidence);
        Assert.NotNull(report.Footprint);
        Assert.True(report.PeakResident > Bytes.FromMebibytes(32));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_executor_after_another_leaves_it_to_the_next(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn(Tree + Wait + "echo a=1 > $PLIMSOLL_OUTPUT");
        await fleet.Harness.Written(trace.Attempt, "ready");
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal([trace.Attempt], fleet.Harness.Adopt(trace).Adopted);
            Assert.Equal(trace.Process, await fleet.Harness.Started(trace.Attempt));
            Assert.Equal([trace.Attempt], fleet.Harness.Restart());
        }

        fleet.Harness.Adopt(trace);
        fleet.LetGo();
        ExitReport report = await fleet.Harness.Ended(trace.Attempt);
        Assert.Equal((0, "1"), (report.ExitCode, report.Outputs!["a"]));
        Assert.Empty(fleet.Harness.Remaining());
    }

    private static ProcStat Stat(int pid, int parent, char state) => new(pid, state, parent, 0, 0, 0, 0);

    private static async Task Freeze(AbandonedFleet fleet, AttemptTrace trace)
    {
        if (fleet.Harness.Parent is { } parent)
        {
            LeafSearch leaves = new(fleet.Harness.JournalId, parent);
            Assert.True(leaves.Take(trace.Attempt, trace.Limits, false)!.Freeze());
            return;
        }

        int[] members = [.. fleet.Harness.Remaining().Where(pid => pid != trace.Process!.Pid)];
        foreach (int pid in members)
            _ = ProcStat.TryRead(pid, out ProcStat stat) && ProcessSignal.Send(pid, stat.StartTicks, ProcessSignal.Stop);

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!AttemptRecovery.IsStopped(trace.Process!.Pid, [.. members.Select(pid => ProcStat.TryRead(pid, out ProcStat stat) ? stat : default)]))
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
    }
}
