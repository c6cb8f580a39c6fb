using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Hosting;

public sealed class RunStopperTests : IInputSink
{
    private readonly List<Input> posted = [];
    private readonly ManualTime time = new();
    private int abandoned;

    void IInputSink.Post(Input input) => posted.Add(input);

    [Fact]
    public void A_graceful_stop_starts_nothing_more_waits_and_then_ends_what_runs()
    {
        using RunStopper stopper = Stopper();
        stopper.Stop(StopMode.Graceful);
        Assert.True(Assert.IsType<SetIntake>(Assert.Single(posted)).Paused);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(posted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Assert.IsType<InterruptAttempts>(posted[1]).Grace);
    }

    [Fact]
    public void A_drain_waits_for_ever()
    {
        using RunStopper stopper = Stopper();
        stopper.Stop(StopMode.Drain);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Single(posted);
        Assert.Equal(0, abandoned);
    }

    [Fact]
    public void The_second_demand_takes_away_the_grace_and_the_third_the_patience_with_the_journal()
    {
        using RunStopper stopper = Stopper();
        stopper.Stop(StopMode.Immediate);
        stopper.Stop(StopMode.Immediate);
        Assert.Equal([null, TimeSpan.Zero], posted.OfType<InterruptAttempts>().Select(input => input.Grace));
        Assert.Equal(0, abandoned);
        stopper.Stop(StopMode.Immediate);
        Assert.Equal(1, abandoned);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_does_not_keep_a_stopped_plimsoll_alive()
    {
        using RunStopper stopper = Stopper();
        stopper.Stop(StopMode.Graceful);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, abandoned);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, abandoned);
    }

    private RunStopper Stopper() => new(
        this,
        new RunWatch(new(1), null!),
        TimeSpan.FromSeconds(30),
        time,
        () => abandoned++);
}
