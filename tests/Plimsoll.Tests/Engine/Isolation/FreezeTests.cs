using Plimsoll.Core.Identity;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

[Collection(ProcessCollection.Name)]
public sealed class FreezeTests
{
    private const string Busy = "while :; do :; done";
    private const string Tree = $"({Busy}) & (sh -c '{Busy}') & echo ready; {Busy}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frozen_leaf_stands_still_until_it_is_thawed(bool unified)
    {
        using CgroupRig rig = new(unified);
        await StandsStill(rig.Harness);
    }

    [Fact]
    public async Task A_tree_without_a_leaf_stands_still_until_it_is_thawed()
    {
        using ProcessHarness harness = new();
        await StandsStill(harness);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frozen_task_dies_when_it_is_killed(bool unified)
    {
        using CgroupRig rig = new(unified);
        AttemptId attempt = await Started(rig.Harness);
        Assert.True(rig.Harness.Executor.Freeze(attempt));
        rig.Harness.Kill(attempt, 0);
        Assert.Equal(9, (await rig.Harness.Ended(attempt)).Signal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frozen_task_hears_a_polite_kill(bool unified)
    {
        using CgroupRig rig = new(unified);
        AttemptId attempt = await Started(rig.Harness);
        Assert.True(rig.Harness.Executor.Freeze(attempt));
        rig.Harness.Kill(attempt, 60);
        Assert.Equal(15, (await rig.Harness.Ended(attempt)).Signal);
    }

    [Fact]
    public void What_does_not_run_cannot_be_frozen()
    {
        using ProcessHarness harness = new();
        Assert.False(harness.Executor.Freeze(harness.NewAttempt()));
        Assert.False(harness.Executor.Thaw(harness.NewAttempt()));
    }

    private static async Task<AttemptId> Started(ProcessHarness harness)
    {
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, Tree));
        await harness.Written(attempt, "ready");
        return attempt;
    }

    private static async Task StandsStill(ProcessHarness harness)
    {
        AttemptId attempt = await Started(harness);
        await MovesOn(harness);
        Assert.True(harness.Executor.Freeze(attempt));
        Assert.True(harness.Executor.IsolationOf(attempt)!.Frozen);
        // Stopping is asynchronous: it stands still when three looks at all its processes agree.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        long ticks = -1;
        for (int same = 0; same < 3;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            long now = Ticks(harness);
            same = now == ticks ? same + 1 : 0;
            ticks = now;
        }

        Assert.True(harness.Executor.Thaw(attempt));
        Assert.False(harness.Executor.IsolationOf(attempt)!.Frozen);
        await MovesOn(harness);
        harness.Kill(attempt, 0);
        await harness.Ended(attempt);
    }

    private static async Task MovesOn(ProcessHarness harness)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        for (long from = Ticks(harness); Ticks(harness) < from + 10;)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    private static long Ticks(ProcessHarness harness) =>
        harness.Remaining().Sum(pid => ProcStat.TryRead(pid, out ProcStat stat) ? stat.CpuTicks : 0);
}
