using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Xunit;

namespace Plimsoll.Tests.Core;

public sealed class KernelTests
{
    [Fact]
    public void A_chain_runs_in_order_and_the_run_finishes()
    {
        var fleet = new VirtualFleet();
        RunId run = fleet.Submit(new BlockBuilder().Task("a").Task("b", needs: ["a"]).Task("c", needs: ["b", "~a"]));

        fleet.Finish();

        Assert.Equal(["a", "b", "c"], fleet.Started);
        Assert.Equal(TaskState.Succeeded, fleet.State("c"));
        Assert.Equal(run, Assert.Single(fleet.Facts.OfType<RunFinished>()).Run);
        Assert.Equal(VirtualFleet.Start + TimeSpan.FromSeconds(3), fleet.Now);
    }

    [Fact]
    public void An_empty_run_finishes_when_it_is_sealed()
    {
        var fleet = new VirtualFleet();
        fleet.Submit(new BlockBuilder());

        Assert.Single(fleet.Facts.OfType<RunFinished>());
    }

    [Fact]
    public void Ordinals_continue_over_several_blocks()
    {
        var fleet = new VirtualFleet();
        RunId run = fleet.Submit(new BlockBuilder().Task("a").Task("b"), seal: false);
        fleet.Send(new AddTasks(run, new BlockBuilder().Task("c").Task("d", needs: ["c"]).Build(), BlockBuilder.Document));
        fleet.Finish();

        Assert.Equal([0, 2], fleet.Facts.OfType<TasksAdded>().Select(added => added.FirstOrdinal));
        Assert.Equal(3, fleet.Id("d").Ordinal);
        Assert.Equal(TaskState.Succeeded, fleet.State("d"));
        Assert.Empty(fleet.Facts.OfType<RunFinished>());
        fleet.Send(new SealRun(run));
        Assert.Single(fleet.Facts.OfType<RunFinished>());
    }

    [Fact]
    public void Late_duplicate_and_unknown_inputs_change_nothing()
    {
        var fleet = new VirtualFleet();
        fleet.Submit(new BlockBuilder().Task("a", policy: BlockBuilder.Retrying(3)));
        AttemptId first = fleet.Attempt("a");
        fleet.End("a", ExitReport.Lost);
        Assert.NotEqual(first, fleet.Attempt("a"));

        var unknown = new TaskId(new RunId(9), 9);
        Input[] harmless =
        [
            new AttemptEnded(first, ExitReport.Success),
            new AttemptStarted(first, new ProcessIdentity(1, 1, "")),
            new AttemptEnded(new AttemptId(unknown, 1, 1), ExitReport.Success),
            new CancelTask(unknown, ""),
            new CancelRun(unknown.Run, ""),
            new RetryTask(unknown),
            new RetryTask(first.Task),
            new SetPriority(unknown, 1),
            new SealRun(unknown.Run),
            new ConditionEvaluated(first.Task, true, null),
            new AddTasks(unknown.Run, new BlockBuilder().Build(), BlockBuilder.Document),
        ];

        Assert.Empty(fleet.Send(harmless).Facts);
    }
}
