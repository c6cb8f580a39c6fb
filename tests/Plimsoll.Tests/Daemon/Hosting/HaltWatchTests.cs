using Plimsoll.Client.Events;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Journal;
using Xunit;

namespace Plimsoll.Tests.Daemon.Hosting;

public sealed class HaltWatchTests
{
    private readonly List<StopMode> stops = [];
    private readonly List<WarningView> told = [];

    [Theory]
    [InlineData("now,fail=2", StopMode.Immediate)]
    [InlineData("soon,fail=2", StopMode.Drain)]
    public void It_stops_the_run_once(string policy, StopMode mode)
    {
        HaltWatch watch = Watch(policy);
        watch.Observe([Ended(0, TaskState.Failed), Ended(1, TaskState.Succeeded)]);
        Assert.Empty(stops);
        watch.Observe([Ended(2, TaskState.Dead), Ended(3, TaskState.Failed)]);
        watch.Observe([Ended(4, TaskState.Failed)]);
        Assert.Equal([mode], stops);
        Assert.Equal("halt", Assert.Single(told).Code);
        Assert.True(watch.Halted);
    }

    [Fact]
    public void Attempts_that_are_tried_again_and_cancelled_items_do_not_count()
    {
        HaltWatch watch = Watch("now,done=1");
        watch.Observe([Ended(0, TaskState.Retrying), Ended(1, TaskState.Cancelled)]);
        Assert.Empty(stops);
    }

    private static AttemptFinished Ended(int task, TaskState next) =>
        new(JournalSamples.At(1), new AttemptId(JournalSamples.Task(1, task), 1, 1L), AttemptOutcome.Failed, next, null, ExitReport.NotStarted("x"), null);

    private HaltWatch Watch(string text)
    {
        Assert.True(HaltPolicy.TryParse(text, out HaltPolicy policy));
        return new HaltWatch(new RunId(1), policy, stops.Add, told.Add);
    }
}
