using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Loop;

public sealed class SchedulerLoopTests
{
    [Fact]
    public async Task A_start_waits_for_the_commit_of_its_facts()
    {
        using var rig = new LoopRig();
        rig.Begin();
        await rig.Journal.AskedAsync(TestContext.Current.CancellationToken);
        rig.Executor.AssertEmpty();
        Assert.Contains(rig.Journal.Batches[0], fact => fact is AttemptAdmitted);

        rig.Journal.Allow(2);
        StartAttempt start = rig.Executor.Next<StartAttempt>();
        rig.Inputs.Post(new AttemptEnded(start.Attempt, ExitReport.Success));
        await rig.Ended;
        rig.Executor.AssertEmpty();
    }

    [Fact]
    public async Task A_failed_commit_is_tried_again_with_the_same_facts_and_nothing_starts_meanwhile()
    {
        using var rig = new LoopRig();
        rig.Begin();
        rig.Journal.Fail(retryable: true);
        await rig.Journal.AskedAsync(TestContext.Current.CancellationToken);
        await rig.Journal.AskedAsync(TestContext.Current.CancellationToken);
        rig.Executor.AssertEmpty();
        Assert.Equal(rig.Journal.Batches[0], rig.Journal.Batches[1]);

        rig.Journal.Allow(2);
        StartAttempt start = rig.Executor.Next<StartAttempt>();
        rig.Inputs.Post(new AttemptEnded(start.Attempt, ExitReport.Success));
        await rig.Ended;
        Assert.Equal(["the disk is full", null], rig.Troubles);
    }

    [Fact]
    public async Task A_running_attempt_can_be_killed_while_the_journal_is_away()
    {
        using var rig = new LoopRig();
        rig.Begin();
        rig.Journal.Allow(1);
        StartAttempt start = rig.Executor.Next<StartAttempt>();

        // From here on no commit is answered.
        rig.Inputs.Post(new CancelTask(start.Attempt.Task, "enough"));
        KillAttempt kill = rig.Executor.Next<KillAttempt>();
        Assert.Equal((start.Attempt, KillReason.Cancelled), (kill.Attempt, kill.Reason));

        rig.Journal.Allow(3);
        rig.Inputs.Post(new AttemptEnded(start.Attempt, new ExitReport(null, 15, null, false, default, default, null)));
        await rig.Ended;
    }

    [Fact]
    public async Task A_start_that_was_not_released_yet_is_withdrawn_by_a_kill()
    {
        using var rig = new LoopRig();
        rig.Begin();
        await rig.Journal.AskedAsync(TestContext.Current.CancellationToken);
        rig.Inputs.Post(new CancelTask(new TaskId(LoopRig.Run, 0), "changed my mind"));
        rig.Journal.Allow(5);
        await rig.Ended;
        AttemptFinished end = Assert.Single(rig.Journal.Batches.SelectMany(batch => batch).OfType<AttemptFinished>());
        Assert.Equal(AttemptOutcome.Cancelled, end.Outcome);
    }

    [Fact]
    public async Task A_timeout_counts_from_the_start_however_long_the_journal_kept_it_waiting()
    {
        var time = new ManualTime();
        using var rig = new LoopRig(time);
        rig.Begin(TaskPolicy.Default with { Timeout = TimeSpan.FromSeconds(10) });
        await rig.Journal.AskedAsync(TestContext.Current.CancellationToken);
        for (int i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromHours(1)); // the journal does not answer
            await rig.TurnAsync();
            rig.Executor.AssertEmpty();
        }

        rig.Journal.Allow(1);
        StartAttempt start = rig.Executor.Next<StartAttempt>();
        await rig.TurnAsync();
        time.Advance(TimeSpan.FromSeconds(9));
        await rig.TurnAsync();
        rig.Executor.AssertEmpty();

        time.Advance(TimeSpan.FromSeconds(2));
        await rig.TurnAsync();
        Assert.Equal(KillReason.TimedOut, rig.Executor.Next<KillAttempt>().Reason);
        rig.Inputs.Post(new AttemptEnded(start.Attempt, new ExitReport(null, 15, null, false, default, default, null)));
        rig.Journal.Allow(3);
        await rig.Ended;
    }

    [Fact]
    public async Task A_journal_that_is_lost_for_good_ends_the_loop_with_its_message()
    {
        using var rig = new LoopRig();
        rig.Begin();
        rig.Journal.Fail(retryable: false);
        JournalException error = await Assert.ThrowsAsync<JournalException>(() => rig.Ended);
        Assert.Equal("the disk is full", error.Message);
        rig.Executor.AssertEmpty();
    }
}
