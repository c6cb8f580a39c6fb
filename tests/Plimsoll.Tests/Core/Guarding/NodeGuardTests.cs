using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Xunit;

namespace Plimsoll.Tests.Core.Guarding;

/// <summary>One test per step of the ladder; the node has 10,240 MiB, R is 400.</summary>
public sealed class NodeGuardTests
{
    [Fact]
    public void Below_the_reserve_nothing_starts_until_it_has_been_free_for_a_second()
    {
        GuardHarness node = new GuardHarness { Foreign = 9_800 }.Known(1, 10, 10).Holds(1, 10);
        Assert.Empty(node.Read());
        node.Foreign = 9_831;
        Assert.Equal(["gate"], node.Read());
        Assert.Empty(node.Read());

        // Enough again, for less than a second: a flicker must not open it.
        node.Foreign = 9_000;
        Assert.Empty(node.Read());
        Assert.Empty(node.Read());
        Assert.Empty(node.Read());
        Assert.Equal(["ungate"], node.Read());
    }

    [Fact]
    public void What_a_guard_before_it_had_frozen_goes_on_when_there_is_memory()
    {
        GuardHarness node = new GuardHarness { Foreign = 9_500 }.Known(1, 200, 0).Known(2, 200, 0).Holds(1, 200).Holds(2, 200).Frozen(2);
        Assert.DoesNotContain("thaw 2", node.Read());
        Assert.DoesNotContain("thaw 2", node.Read(2));
        node.Foreign = 5_000;
        Assert.Contains("thaw 2", node.Read(2));
    }

    [Fact]
    public void Below_three_quarters_of_the_reserve_model_requests_are_held()
    {
        GuardHarness node = new GuardHarness { Foreign = 9_950 }.Known(1, 10, 10).Holds(1, 10);
        Assert.Equal(["gate", "hold"], node.Read());
        node.Foreign = 9_000;
        Assert.Equal(["release", "ungate"], node.Read(2));
    }

    [Fact]
    public void Bursts_take_turns_in_the_order_in_which_they_began()
    {
        GuardHarness node = new GuardHarness().Known(1, 500, 4_000).Known(2, 500, 4_000).Known(3, 500, 4_000);
        node.Holds(1, 500).Holds(2, 500).Holds(3, 500);
        Assert.Empty(node.Read());
        node.Holds(2, 1_000);
        Assert.Empty(node.Read());
        node.Holds(1, 1_000);
        Assert.Empty(node.Read());

        // Two bursts fit (4,500 each beside 500), a third does not.
        node.Holds(3, 1_000);
        Assert.Equal(["freeze 3"], node.Read());
        node.Holds(2, 4_500).Holds(1, 4_500);
        Assert.Equal(["gate", "hold"], node.Read());

        // The first is over: what it gives back is enough for the third.
        node.Gone(2);
        Assert.Contains("thaw 3", node.Read(1.5));
    }

    [Fact]
    public void The_first_burst_always_runs_even_when_it_does_not_fit()
    {
        GuardHarness node = new GuardHarness { Foreign = 6_000 }.Known(1, 100, 9_000).Known(2, 100, 0).Holds(1, 100).Holds(2, 100);
        Assert.Empty(node.Read());
        Assert.Empty(node.Holds(1, 1_200).Read());
    }

    [Fact]
    public void As_many_growers_are_frozen_as_half_the_reserve_needs_and_the_fastest_first()
    {
        GuardHarness node = new GuardHarness { Foreign = 5_000 };
        for (int number = 1; number <= 4; number++)
        {
            node.Unknown(number).Holds(number, 1_000);
        }

        Assert.Empty(node.Read());

        // 640 free, growing by 100 + 200 + 50 + 20 in a quarter of a second: 740 in half a second.
        node.Foreign = 5_230;
        node.Holds(1, 1_100).Holds(2, 1_200).Holds(3, 1_050).Holds(4, 1_020);
        Assert.Equal(["freeze 2"], node.Read());

        node.Foreign = 5_230;
        node.Holds(1, 1_250).Holds(3, 1_200).Holds(4, 1_170);
        string[] steps = node.Read();
        Assert.Equal(2, steps.Count(step => step.StartsWith("freeze", StringComparison.Ordinal)));
    }

    [Fact]
    public void Growth_of_a_known_class_ends_where_its_burst_ends()
    {
        GuardHarness node = new GuardHarness { Foreign = 8_500 }.Known(1, 500, 200).Known(2, 10, 0).Holds(1, 300).Holds(2, 10);
        Assert.Empty(node.Read());

        // At this pace it would take all there is; its class has never held more than 700.
        Assert.Empty(node.Holds(1, 690).Read());

        // It has: nothing bounds it any more.
        Assert.Equal(["freeze 1"], node.Holds(1, 1_200).Read());
    }

    [Fact]
    public void The_last_one_that_runs_is_never_frozen()
    {
        GuardHarness node = new GuardHarness { Foreign = 9_000 }.Unknown(1).Holds(1, 100);
        Assert.Empty(node.Read());
        Assert.DoesNotContain("freeze 1", node.Holds(1, 700).Read());
    }

    [Fact]
    public void When_everybody_that_ran_has_gone_the_oldest_frozen_one_goes_on_whatever_is_free()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }.Unknown(1).Unknown(2).Holds(1, 1_000).Holds(2, 1_000);
        Assert.Empty(node.Read());
        Assert.Contains("freeze 2", node.Holds(2, 1_700).Read());
        node.Gone(1).Foreign = 8_250;
        Assert.Contains("thaw 2", node.Read());
    }

    [Fact]
    public void A_pause_ends_after_two_minutes_by_eviction()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }.Unknown(1).Unknown(2).Holds(1, 1_000).Holds(2, 1_000);
        Assert.Empty(node.Read());
        Assert.Contains("freeze 2", node.Holds(2, 1_700).Read());
        node.Foreign = 7_300;
        for (int i = 0; i < 119; i++)
        {
            Assert.DoesNotContain("thaw 2", node.Read(1));
        }

        Assert.Contains("evict 2", node.Read(2));
    }

    [Fact]
    public void Below_a_quarter_of_the_reserve_the_least_redo_cost_per_byte_is_evicted()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }
            .Known(1, 1_000, 100, elapsedSeconds: 1_000).Known(2, 1_000, 100, elapsedSeconds: 100).Known(3, 100, 100, elapsedSeconds: 90)
            .Holds(1, 1_000).Holds(2, 1_000).Holds(3, 100);
        Assert.Empty(node.Read());
        node.Foreign = 8_060;

        // 3 is younger but frees a tenth; 1 would have to do ten times as much again. One is enough.
        Assert.Equal(["gate", "hold", "evict 2"], node.Read());
        Assert.Empty(node.Read());
    }

    [Fact]
    public void Priority_and_spent_tokens_spare_a_task()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }
            .Known(1, 1_000, 100, priority: 4, elapsedSeconds: 10).Known(2, 1_000, 100, elapsedSeconds: 10, tokens: 50_000).Known(3, 1_000, 100, elapsedSeconds: 100)
            .Holds(1, 1_000).Holds(2, 1_000).Holds(3, 1_000);
        node.Foreign = 7_180;
        Assert.Contains("evict 3", node.Read());
    }

    [Fact]
    public void Stalls_count_only_together_with_little_free_memory()
    {
        GuardHarness node = new GuardHarness { Pressure = new PressureSample(0.9, 0.9) }.Known(1, 10, 0).Known(2, 10, 0).Holds(1, 10).Holds(2, 10);
        Assert.Empty(node.Read());
        node.Foreign = 9_500;
        Assert.Equal(["gate"], node.Read());
        node.Foreign = 9_850;
        Assert.Contains("freeze 2", node.Read());
    }

    [Fact]
    public void With_protection_off_nothing_is_done_and_what_was_done_is_taken_back()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }.Unknown(1).Unknown(2).Holds(1, 1_000).Holds(2, 1_000);
        node.Read();
        Assert.Contains("freeze 2", node.Holds(2, 1_900).Read());
        node.Protect = false;
        Assert.Equal(["ungate", "thaw 2"], node.Read());
        node.Foreign = 9_000;
        Assert.Empty(node.Read());
    }

    [Fact]
    public void An_attempt_the_kernel_has_not_published_is_guarded_as_well()
    {
        GuardHarness node = new GuardHarness { Foreign = 7_000 }.Holds(1, 1_000).Holds(2, 1_000);
        Assert.Empty(node.Read());
        Assert.Contains("freeze 2", node.Holds(2, 1_900).Read());
    }

    [Fact]
    public void A_reading_allocates_nothing_once_warm()
    {
        var guard = new NodeGuard();
        var samples = new TaskSample[50];
        var tasks = new GuardTask[50];
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(50);
        for (int i = 0; i < samples.Length; i++)
        {
            var attempt = new AttemptId(new TaskId(i), 1, i + 1);
            samples[i] = new TaskSample(attempt, Bytes.FromMebibytes(100), default, 0, default, false);
            tasks[i] = new GuardTask(attempt, Bytes.FromMebibytes(80), Bytes.FromMebibytes(300), true, 0, now, null, null, false);
        }

        var view = new GuardView([.. tasks], Bytes.FromMebibytes(400), true);
        long steps = 0;
        long before = 0;
        for (int reading = 0; reading < 2_000; reading++)
        {
            if (reading == 1_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            now += TimeSpan.FromMilliseconds(250);
            int free = 300 + (reading * 37 % 900);
            var memory = new MemorySample(Bytes.FromMebibytes(8_000), Bytes.FromMebibytes(free), Bytes.FromMebibytes(5_000));
            samples[reading % 50] = samples[reading % 50] with { Resident = Bytes.FromMebibytes(50 + (reading % 300)) };
            steps += guard.Apply(new GuardSample(now, memory, samples, null), view).Length;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(steps > 100, "the guard had nothing to do: the measurement says nothing");
    }
}
