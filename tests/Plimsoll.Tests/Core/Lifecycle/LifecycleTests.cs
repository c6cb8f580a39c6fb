using System.Collections.Immutable;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Lifecycle;

public sealed class LifecycleTests
{
    public static TheoryData<int?, int?, string?, bool, AttemptOutcome> Endings => new()
    {
        { 0, null, null, false, AttemptOutcome.Succeeded },
        { 3, null, null, false, AttemptOutcome.Failed },
        { null, 15, null, false, AttemptOutcome.Failed },
        { null, 9, null, false, AttemptOutcome.Lost },
        { null, null, null, true, AttemptOutcome.Lost },
        { null, null, "no such file", false, AttemptOutcome.StartFailed },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_report_is_told_apart(int? code, int? signal, string? startError, bool gone, AttemptOutcome expected) =>
        Assert.Equal(expected, Ending.OutcomeOf(new ExitReport(code, signal, startError, gone, default, default, null), null));

    [Theory]
    [InlineData(KillReason.Cancelled, AttemptOutcome.Cancelled)]
    [InlineData(KillReason.Interrupted, AttemptOutcome.Cancelled)]
    [InlineData(KillReason.TimedOut, AttemptOutcome.TimedOut)]
    [InlineData(KillReason.Evicted, AttemptOutcome.Evicted)]
    public void What_we_ended_counts_as_that_even_when_it_exits_with_0(KillReason kill, AttemptOutcome expected) =>
        Assert.Equal(expected, Ending.OutcomeOf(ExitReport.Success, kill));

    [Fact]
    public void Retries_back_off_and_then_the_task_is_a_dead_letter()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Exits(1, 1) };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(3)).Task("b", needs: ["a"]));
        fleet.Finish();

        AttemptFinished[] ends = [.. fleet.Facts.OfType<AttemptFinished>()];
        Assert.Equal([TaskState.Retrying, TaskState.Retrying, TaskState.Retrying, TaskState.Dead], ends.Select(end => end.Next));
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange((ends[i].RetryAt!.Value - ends[i].At).TotalSeconds, 0, Math.Pow(2, i));
        }

        Assert.Equal([1, 2, 3, 4], ends.Select(end => end.Attempt.Number));
        Assert.Equal(TaskState.Skipped, fleet.State("b"));
    }

    [Theory]
    [InlineData(1, "SIGKILL follows 10 s after that")]
    [InlineData(12, "SIGKILL is being sent")]
    [InlineData(60, "SIGKILL did not end it, so it hangs in the kernel")]
    public void What_is_being_ended_says_so_and_how_far_that_is(int seconds, string stage)
    {
        var fleet = new VirtualFleet();
        fleet.Submit(new BlockBuilder().Task("a"));
        fleet.Send(new CancelTask(fleet.Id("a"), "not wanted"));

        Explanation why = fleet.Kernel.Explain(fleet.Id("a"), fleet.Now + TimeSpan.FromSeconds(seconds));
        WaitReason reason = Assert.Single(why.Reasons);
        Assert.Equal("ending", reason.Code);
        Assert.StartsWith($"it is being ended (cancelled) for {seconds} s: ", reason.Message, StringComparison.Ordinal);
        Assert.Contains(stage, reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_the_first_line_of_a_refusal_stays_behind_it()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => new SimulatedAttempt(TimeSpan.Zero, ExitReport.NotStarted("no such command\nsearched here"), null) };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(1)));
        fleet.Finish();
        Assert.Equal(
            "could not start: no such command; its retry is used up\nsearched here",
            fleet.Facts.OfType<AttemptFinished>().Last().Reason);
    }

    [Fact]
    public void Without_retries_the_task_is_failed()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Exits(1, 2) };
        fleet.Submit(new BlockBuilder().Task("a"));

        Assert.Equal(TaskState.Failed, fleet.Finish().State("a"));
    }

    [Fact]
    public void Retry_on_chooses_outcomes_and_exit_codes()
    {
        TaskPolicy codes = TaskPolicy.Default with { Retry = new RetryPolicy(5, BackoffPolicy.Default, [], [75]) };
        TaskPolicy timeouts = TaskPolicy.Default with { Retry = new RetryPolicy(5, BackoffPolicy.Default, [AttemptOutcome.TimedOut], []) };
        var fleet = new VirtualFleet
        {
            Behaviour = static (attempt, name) => SimulatedAttempt.Exits(1, name == "temporary" && attempt.Number == 1 ? 75 : 1),
        };
        fleet.Submit(new BlockBuilder().Task("temporary", policy: codes).Task("timeouts", policy: timeouts));
        fleet.Finish();

        Assert.Equal(TaskState.Failed, fleet.State("temporary"));
        Assert.Equal(2, fleet.Facts.OfType<AttemptFinished>().Count(end => end.Attempt.Task == fleet.Id("temporary")));
        Assert.Equal(TaskState.Failed, fleet.State("timeouts"));
        Assert.Single(fleet.Facts.OfType<AttemptFinished>(), end => end.Attempt.Task == fleet.Id("timeouts"));
    }

    [Fact]
    public void Losses_use_up_no_attempt_but_have_a_cap()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => new SimulatedAttempt(TimeSpan.FromSeconds(1), ExitReport.Lost, null) };
        fleet.Submit(new BlockBuilder().Task("a"));
        fleet.Finish();

        AttemptFinished[] ends = [.. fleet.Facts.OfType<AttemptFinished>()];
        Assert.Equal(10, ends.Length);
        Assert.All(ends, end => Assert.Equal(AttemptOutcome.Lost, end.Outcome));
        Assert.Equal(TaskState.Dead, fleet.State("a"));
    }

    [Fact]
    public void A_timeout_counts_from_the_start_and_ends_the_attempt()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs(), ReportsStarts = false };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(0, TimeSpan.FromSeconds(10))));
        fleet.Post(TimeSpan.FromSeconds(4), new AttemptStarted(fleet.Attempt("a"), new ProcessIdentity(1, 1, "")));
        fleet.Finish();

        AttemptFinished end = Assert.Single(fleet.Facts.OfType<AttemptFinished>());
        Assert.Equal(AttemptOutcome.TimedOut, end.Outcome);
        Assert.InRange((end.At - VirtualFleet.Start).TotalSeconds, 14, 14.1);
        Assert.Equal(KillReason.TimedOut, Assert.Single(fleet.Effects.OfType<KillAttempt>()).Reason);
    }

    [Fact]
    public void A_start_that_is_never_reported_times_out_from_admission()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs(), ReportsStarts = false };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(0, TimeSpan.FromSeconds(10))));
        fleet.Finish();

        Assert.InRange((fleet.Now - VirtualFleet.Start).TotalSeconds, 10, 10.1);
    }

    [Fact]
    public void A_start_that_was_held_back_times_out_from_its_release()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs(), ReportsStarts = false };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(0, TimeSpan.FromSeconds(10))));
        fleet.Post(TimeSpan.FromSeconds(10), new StartsHeld([fleet.Attempt("a")])); // in the very turn in which it would time out
        fleet.Finish();

        Assert.InRange((fleet.Now - VirtualFleet.Start).TotalSeconds, 20, 20.1);
    }

    [Fact]
    public void A_failed_need_skips_its_dependants_in_one_fact_but_not_those_after_it()
    {
        var fleet = new VirtualFleet
        {
            Behaviour = static (_, name) => name == "bad" ? SimulatedAttempt.Exits(1, 1) : SimulatedAttempt.Succeeds(1),
        };
        fleet.Submit(new BlockBuilder()
            .Task("bad").Task("x", needs: ["bad"]).Task("y", needs: ["x"]).Task("after", needs: ["~bad"]).Task("afterSkipped", needs: ["~y"]));
        fleet.Finish();

        TasksSkipped skipped = Assert.Single(fleet.Facts.OfType<TasksSkipped>());
        Assert.Equal(["x", "y"], skipped.Tasks.Select(fleet.Name).Order());
        Assert.Equal(fleet.Id("bad"), skipped.Cause);
        Assert.Equal(TaskState.Succeeded, fleet.State("after"));
        Assert.Equal(TaskState.Succeeded, fleet.State("afterSkipped"));
    }

    [Fact]
    public void A_condition_is_evaluated_once_all_needs_have_ended_whatever_became_of_them()
    {
        var fleet = new VirtualFleet
        {
            Behaviour = static (_, name) => name == "bad" ? SimulatedAttempt.Exits(1, 1) : SimulatedAttempt.Succeeds(2),
            Condition = static name => name == "cleanup",
        };
        fleet.Submit(new BlockBuilder()
            .Task("bad").Task("good")
            .Task("cleanup", needs: ["bad", "good"], when: true)
            .Task("publish", needs: ["bad", "good"], when: true)
            .Task("announce", needs: ["publish"]));
        fleet.Step();
        Assert.Equal(TaskState.Waiting, fleet.State("cleanup"));
        fleet.Finish();

        Assert.Equal(TaskState.Succeeded, fleet.State("cleanup"));
        Assert.Equal(TaskState.Skipped, fleet.State("publish"));
        Assert.Equal(TaskState.Skipped, fleet.State("announce"));
        Assert.Single(fleet.Facts.OfType<RunFinished>());
    }

    [Fact]
    public void A_cancelled_task_skips_its_dependants_and_does_not_retry()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(5)).Task("b", needs: ["a"]).Task("c", needs: ["~a"]));
        fleet.Send(new CancelTask(fleet.Id("c"), "not wanted"));
        Assert.Equal(TaskState.Cancelled, fleet.State("c"));
        fleet.Send(new CancelTask(fleet.Id("a"), "not wanted"));
        fleet.Finish();

        Assert.Equal(TaskState.Cancelled, fleet.State("a"));
        Assert.Equal(TaskState.Skipped, fleet.State("b"));
        Assert.Single(fleet.Facts.OfType<RunFinished>());
    }

    [Fact]
    public void A_cancelled_run_ends_everything_it_has()
    {
        var fleet = new VirtualFleet(new Plimsoll.Core.Admission.FixedConcurrency(1, false, null, default))
        {
            Behaviour = static (_, _) => SimulatedAttempt.Hangs(),
        };
        RunId run = fleet.Submit(new BlockBuilder().Task("a").Task("b").Task("c", needs: ["a"]), seal: false);
        fleet.Send(new CancelRun(run, "stop"));
        fleet.Finish();

        Assert.All(new[] { "a", "b", "c" }, name => Assert.Equal(TaskState.Cancelled, fleet.State(name)));
        Assert.Single(fleet.Facts.OfType<RunFinished>());
    }

    [Fact]
    public void An_interrupted_attempt_gives_its_task_back_with_the_attempts_it_had()
    {
        var fleet = new VirtualFleet { Behaviour = static (_, _) => SimulatedAttempt.Hangs() };
        fleet.Submit(new BlockBuilder().Task("a"));
        fleet.Send(new SetIntake(true, "stopping"), new InterruptAttempts(TimeSpan.FromSeconds(1), "Ctrl-C"));
        fleet.Finish();

        AttemptFinished end = Assert.Single(fleet.Facts.OfType<AttemptFinished>());
        Assert.Equal((AttemptOutcome.Cancelled, TaskState.Ready), (end.Outcome, end.Next));
        Assert.Equal(0, fleet.Kernel.State.Tasks.Spent[0]);
        fleet.Send(new SetIntake(false, ""));
        Assert.Equal(2, fleet.Attempt("a").Number);
    }

    [Fact]
    public void A_retry_by_hand_brings_back_the_dependants_that_were_skipped_because_of_it()
    {
        bool broken = true;
        var fleet = new VirtualFleet();
        fleet.Behaviour = (_, name) => name is "bad" or "worse" && broken ? SimulatedAttempt.Exits(1, 1) : SimulatedAttempt.Succeeds(1);
        fleet.Submit(new BlockBuilder()
            .Task("bad").Task("worse").Task("x", needs: ["bad"]).Task("y", needs: ["x"]).Task("z", needs: ["y", "worse"]));
        fleet.Finish();
        Assert.Equal(TaskState.Skipped, fleet.State("z"));

        broken = false;
        fleet.Send(new RetryTask(fleet.Id("bad")));
        Assert.Equal(TaskState.Skipped, fleet.State("z"));
        fleet.Finish();
        Assert.Equal(TaskState.Succeeded, fleet.State("y"));
        Assert.Equal(TaskState.Skipped, fleet.State("z"));

        fleet.Send(new RetryTask(fleet.Id("worse")));
        fleet.Finish();
        Assert.Equal(TaskState.Succeeded, fleet.State("z"));
        Assert.Equal(3, fleet.Facts.OfType<RunFinished>().Count());
    }

    [Fact]
    public void A_breaker_holds_its_class_alone_lets_one_probe_through_and_closes_on_success()
    {
        var breaker = new BreakerPolicy(3, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
        bool broken = true;
        var fleet = new VirtualFleet(new Plimsoll.Core.Admission.FixedConcurrency(2, false, null, default));
        fleet.Behaviour = (_, name) => name.StartsWith('f') && broken ? SimulatedAttempt.Exits(1, 1) : SimulatedAttempt.Succeeds(1);
        var block = new BlockBuilder();
        for (int i = 0; i < 10; i++)
        {
            block.Task($"f{i}", Shape("flaky"), policy: Retrying(0, breaker: breaker), priority: 1).Task($"ok{i}", Shape("fine"));
        }

        fleet.Submit(block);
        fleet.Advance(10);
        BreakerChanged opened = Assert.Single(fleet.Facts.OfType<BreakerChanged>());
        Assert.Equal("flaky", opened.Class);
        Assert.Equal("breaker", fleet.Why("f9").Reasons[0].Code);
        Assert.True(fleet.Facts.OfType<AttemptFinished>().Count(end => end.Outcome == AttemptOutcome.Succeeded) > 5);

        fleet.Advance(25);
        Assert.Equal(2, fleet.Facts.OfType<BreakerChanged>().Count());
        broken = false;
        fleet.Finish();
        Assert.Null(fleet.Facts.OfType<BreakerChanged>().Last().OpenUntil);
        Assert.Equal(TaskState.Succeeded, fleet.State("f9"));
        Assert.Equal(5, fleet.Facts.OfType<AttemptFinished>().Count(end => end.Outcome == AttemptOutcome.Failed));
    }

    [Fact]
    public void A_breaker_never_opens_because_of_losses()
    {
        var breaker = new BreakerPolicy(1, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
        var fleet = new VirtualFleet { Behaviour = static (_, _) => new SimulatedAttempt(TimeSpan.FromSeconds(1), ExitReport.Lost, null) };
        fleet.Submit(new BlockBuilder().Task("a", policy: Retrying(0, breaker: breaker)));

        Assert.Empty(fleet.Finish().Facts.OfType<BreakerChanged>());
    }

    [Fact]
    public void Jitter_depends_on_seed_task_and_attempt_and_stays_below_the_cap()
    {
        ImmutableArray<double> delays =
            [.. Enumerable.Range(1, 500).Select(n => Jitter.Delay(BackoffPolicy.Default, 7, new AttemptId(new TaskId(n), n, n), n).TotalSeconds)];

        Assert.All(delays, delay => Assert.InRange(delay, 0, 300));
        Assert.InRange(delays.Skip(20).Average(), 130, 170);
        Assert.Equal(500, delays.Distinct().Count());
        Assert.NotEqual(delays[20], Jitter.Delay(BackoffPolicy.Default, 8, new AttemptId(new TaskId(21), 21, 21), 21).TotalSeconds);
    }
}
