using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Xunit;

namespace Plimsoll.Tests.Core;

public sealed class RecoveryTests
{
    [Fact]
    public void An_attempt_without_an_end_stays_live_and_is_requeued_as_lost()
    {
        var fleet = new VirtualFleet(new FixedConcurrency(1, false, null, default)) { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a").Task("b"));
        AttemptId before = fleet.Attempt("a");

        VirtualFleet after = Recover(fleet, epoch: 2);
        Assert.Equal([before], after.Kernel.LiveAttempts());
        Assert.Empty(after.Send().Facts);
        Turn turn = after.Send(new AttemptEnded(before, ExitReport.Lost));

        Assert.Equal(AttemptOutcome.Lost, Assert.Single(turn.Facts.OfType<AttemptFinished>()).Outcome);
        AttemptId again = Assert.Single(turn.Facts.OfType<AttemptAdmitted>()).Attempt;
        Assert.Equal((before.Task, 2), (again.Task, again.Number));
        Assert.True(again.Fence > before.Fence);
        Assert.Equal(2L << 40, again.Fence & ~((1L << 40) - 1));
    }

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(false, true, typeof(AttemptFrozen))]
    [InlineData(true, false, typeof(AttemptThawed))]
    [InlineData(true, true, null)]
    public void An_adopted_attempt_is_frozen_as_far_as_it_is_now(bool recorded, bool found, Type? fact)
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a"));
        if (recorded)
        {
            fleet.Facts.Add(new AttemptFrozen(fleet.Now, fleet.Attempt("a")));
        }

        VirtualFleet after = Recover(fleet, epoch: 2);
        Turn turn = after.Send(new AttemptAdopted(after.Attempt("a"), found));

        Assert.Equal(fact is null ? [] : [fact], turn.Facts.Select(each => each.GetType()));
        Assert.Equal(found ? TaskState.Frozen : TaskState.Admitted, after.State("a"));
    }

    [Fact]
    public void An_adopted_attempt_that_was_being_ended_is_asked_to_end_again()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a"));
        fleet.Facts.Add(new AttemptKilled(fleet.Now, fleet.Attempt("a"), KillReason.TimedOut, "too old"));

        VirtualFleet after = Recover(fleet, epoch: 2);
        AttemptId attempt = after.Attempt("a");
        Turn turn = after.Send(new AttemptAdopted(attempt, false));

        KillAttempt kill = Assert.Single(turn.Effects.OfType<KillAttempt>());
        Assert.Equal((attempt, KillReason.TimedOut), (kill.Attempt, kill.Reason));
    }

    [Fact]
    public void An_adopted_attempt_times_out_when_it_would_have()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a", policy: BlockBuilder.Retrying(0, TimeSpan.FromSeconds(60))));
        DateTimeOffset began = fleet.Now;

        VirtualFleet after = Recover(fleet, epoch: 2);
        Turn turn = after.Send(new AttemptAdopted(after.Attempt("a"), false));

        Assert.Equal(began + TimeSpan.FromSeconds(60), turn.WakeAt);
        after.Advance(61);
        Assert.Equal(KillReason.TimedOut, Assert.Single(after.Effects.OfType<KillAttempt>()).Reason);
    }

    [Theory]
    [InlineData(61, 15, AttemptOutcome.TimedOut)]
    [InlineData(59, 15, AttemptOutcome.Failed)]
    [InlineData(61, 11, AttemptOutcome.Failed)]
    public void An_attempt_too_old_that_SIGTERM_ended_before_the_crash_has_timed_out(double age, int signal, AttemptOutcome expected)
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a", policy: BlockBuilder.Retrying(0, TimeSpan.FromSeconds(60))));
        VirtualFleet after = Recover(fleet, epoch: 2);
        Turn turn = after.Kernel.Apply(
            [new AttemptEnded(after.Attempt("a"), new ExitReport(null, signal, null, false, default, default, null))], after.Now + TimeSpan.FromSeconds(age));

        Assert.Equal(expected, Assert.Single(turn.Facts.OfType<AttemptFinished>()).Outcome);
    }

    [Fact]
    public void A_condition_that_was_asked_for_before_the_crash_is_asked_for_again()
    {
        var fleet = new VirtualFleet();
        fleet.Submit(new BlockBuilder().Task("a", when: true));

        VirtualFleet after = Recover(fleet, epoch: 2);
        after.Send();
        after.Finish();

        Assert.Equal(TaskState.Succeeded, after.State("a"));
    }

    [Fact]
    public void A_backoff_far_in_the_future_is_shortened_to_its_cap()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Exits(1, 1) };
        fleet.Submit(new BlockBuilder().Task("a", policy: BlockBuilder.Retrying(3)));
        fleet.Advance(1);
        int index = fleet.Facts.FindIndex(fact => fact is AttemptFinished);
        fleet.Facts[index] = (AttemptFinished)fleet.Facts[index] with { RetryAt = fleet.Now + TimeSpan.FromDays(400) };

        VirtualFleet after = Recover(fleet, epoch: 2);
        Turn turn = after.Send();

        Assert.Equal(after.Now + BackoffPolicy.Default.Cap, turn.WakeAt);
        Assert.Equal("backoff", after.Why("a").Reasons[0].Code);
    }

    [Fact]
    public void A_task_put_back_before_the_crash_dooms_nothing_afterwards()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a").Task("b", needs: ["a"]));
        fleet.End("a", ExitReport.Exited(1));
        fleet.Send(new SetIntake(true, "stop"), new RetryTask(fleet.Id("a")));

        VirtualFleet after = Recover(fleet, epoch: 2);
        Turn turn = after.Send();

        Assert.DoesNotContain(turn.Facts, fact => fact is TasksSkipped);
    }

    [Fact]
    public void Run_numbers_continue_after_the_last_one_of_the_journal()
    {
        var kernel = new Kernel(new KernelStart(1, 3, new RunId(41)));
        Turn turn = kernel.Apply([new OpenRun(1, "next", "{}")], VirtualFleet.Start);

        Assert.Equal(new RunId(42), Assert.Single(turn.Facts.OfType<RunOpened>()).Run);
    }

    [Fact]
    public void The_rows_of_forgotten_runs_are_used_again()
    {
        var kernel = new Kernel(new KernelStart(1, 1, default));
        DateTimeOffset now = VirtualFleet.Start;
        int rows = 0;
        for (int run = 1; run <= 50; run++)
        {
            now += TimeSpan.FromSeconds(1);
            kernel.Apply([new OpenRun(run, "many", "{}")], now);
            BlockBuilder block = new();
            for (int i = 0; i < 1 + (run % 7); i++)
            {
                block.Task($"t{i}", needs: i > 0 && run % 2 == 0 ? [$"t{i - 1}"] : []);
            }

            Turn turn = kernel.Apply([new AddTasks(new RunId(run), block.Build(), BlockBuilder.Document), new SealRun(new RunId(run))], now);
            while (turn.Facts.OfType<AttemptAdmitted>().ToList() is { Count: > 0 } admitted)
            {
                turn = kernel.Apply([.. admitted.Select(fact => new AttemptEnded(fact.Attempt, ExitReport.Exited(0)))], now);
            }

            Assert.Single(turn.Facts.OfType<RunFinished>());
            kernel.Apply([new ForgetRun(new RunId(run))], now);
            rows = Math.Max(rows, kernel.State.Tasks.Count);
        }

        Assert.InRange(rows, 7, 14);
        Assert.Empty(kernel.Snapshot(now, 5).Runs);
        Assert.InRange(kernel.State.Queues.Shapes.Count, 1, 2);
    }

    [Fact]
    public void A_forgotten_run_can_be_taken_up_again_and_its_dead_task_retried()
    {
        var fleet = new VirtualFleet { Behaviour = static (attempt, _) => SimulatedAttempt.Exits(1, attempt.Number == 1 ? 1 : 0) };
        fleet.Submit(new BlockBuilder().Task("a").Task("b", needs: ["a"]));
        fleet.Advance(5);
        RunId run = fleet.Id("a").Run;
        fleet.Send(new ForgetRun(run));
        Assert.Empty(fleet.Send(new RetryTask(new TaskId(run, 0))).Facts);

        fleet.Send(new RestoreRun(run, [.. fleet.Facts.Where(fact => fact is not LimitsChanged)]));
        Assert.NotEmpty(fleet.Send(new RetryTask(new TaskId(run, 0))).Facts.OfType<AttemptAdmitted>());
    }

    [Fact]
    public void A_run_with_unfinished_tasks_is_not_forgotten()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a"));
        fleet.Send(new ForgetRun(fleet.Id("a").Run));
        Assert.Single(fleet.Kernel.LiveAttempts());
        Assert.Equal(TaskState.Admitted, fleet.State("a"));
    }

    private static VirtualFleet Recover(VirtualFleet fleet, long epoch)
    {
        var kernel = new Kernel(new KernelStart(1, epoch, default));
        fleet.Facts.ForEach(kernel.Fold);
        return new VirtualFleet(kernel, fleet.Now);
    }
}
