using Plimsoll.Watch.Forecasts;
using Xunit;

namespace Plimsoll.Tests.Watch.Forecasts;

public sealed class ScalingPolicyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScalingSettings Settings = ScalingSettings.Default;

    [Fact]
    public void A_queue_that_waits_gets_more_nodes_up_to_twenty()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 1);
        var seen = new List<int>();
        for (int minute = 0; minute < 60; minute++)
        {
            state = ScalingPolicy.Decide(Settings, state, Reading(minute, state.Desired, wait: 120, ready: 5000, running: state.Desired * 4));
            seen.Add(state.Desired);
        }

        Assert.Equal(20, state.Desired);
        Assert.Equal([1, 2, 4, 8, 16, 20], seen.Prepend(1).Distinct());
        Assert.Contains("waited 120 s", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_nodes_are_wanted_than_the_queue_can_use()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 4);
        state = ScalingPolicy.Decide(Settings, state, Reading(0, 4, wait: 120, ready: 3, running: 16));
        Assert.Equal(5, state.Desired);
    }

    [Fact]
    public void A_short_wait_changes_nothing()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 4);
        Assert.Equal(4, ScalingPolicy.Decide(Settings, state, Reading(0, 4, wait: 59, ready: 1000, running: 16)).Desired);
    }

    [Fact]
    public void Idle_nodes_are_given_back_one_by_one_after_a_while_and_not_sooner()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 3);
        state = ScalingPolicy.Decide(Settings, state, Reading(0, 3, wait: 0, ready: 0, running: 1));
        state = ScalingPolicy.Decide(Settings, state, Reading(4.9, 3, wait: 0, ready: 0, running: 1));
        Assert.Equal(3, state.Desired);
        state = ScalingPolicy.Decide(Settings, state, Reading(5, 3, wait: 0, ready: 0, running: 1));
        Assert.Equal(2, state.Desired);
        state = ScalingPolicy.Decide(Settings, state, Reading(6, 3, wait: 0, ready: 0, running: 1));
        Assert.Equal(2, state.Desired);
        state = ScalingPolicy.Decide(Settings, state, Reading(11, 2, wait: 0, ready: 0, running: 1));
        Assert.Equal(1, state.Desired);
    }

    [Fact]
    public void Pinned_work_keeps_its_nodes()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 4);
        for (int minute = 0; minute < 60; minute++)
        {
            state = ScalingPolicy.Decide(Settings, state, Reading(minute, 4, wait: 0, ready: 0, running: 3, pinned: 3));
        }

        Assert.Equal(3, state.Desired);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_scaling()
    {
        ScalingState state = ScalingPolicy.Begin(Settings, 1);
        state = ScalingPolicy.Decide(Settings, state, Reading(600, 1, wait: 120, ready: 100, running: 4));
        state = ScalingPolicy.Decide(Settings, state, Reading(0, 2, wait: 120, ready: 100, running: 8));
        Assert.Equal(4, state.Desired);
    }

    private static ScalingReading Reading(double minute, int nodes, double wait, long ready, int running, int pinned = 0) =>
        new(Start + TimeSpan.FromMinutes(minute), nodes, pinned, TimeSpan.FromSeconds(wait), ready, running, 4);
}
