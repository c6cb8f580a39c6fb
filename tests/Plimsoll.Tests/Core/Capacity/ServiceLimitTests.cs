using System.Collections.Immutable;
using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Capacity;

public sealed class ServiceLimitTests
{
    [Fact]
    public void A_bucket_lets_a_burst_through_and_then_one_at_each_refill_to_the_tick()
    {
        VirtualFleet fleet = Fleet("github", new LimitPolicy(Rate.PerMinute(60), 3));
        fleet.Submit(Tasks(6, Drawn("github")));
        fleet.Finish();

        Assert.Equal([0, 0, 0, 1, 2, 3], Starts(fleet));
    }

    [Fact]
    public void A_window_frees_what_was_taken_when_it_leaves_the_window()
    {
        VirtualFleet fleet = Fleet("npm", new LimitPolicy(new Rate(2, TimeSpan.FromSeconds(10)), null));
        fleet.Submit(Tasks(5, Drawn("npm")));
        fleet.Finish();

        Assert.Equal([0, 0, 10, 10, 20], Starts(fleet));
    }

    [Fact]
    public void Waiting_for_a_limit_costs_one_turn_per_start_not_a_poll()
    {
        VirtualFleet fleet = Fleet("github", new LimitPolicy(Rate.PerMinute(1), 1));
        int turns = 0;
        fleet.Submit(Tasks(20, Drawn("github")));
        fleet.AfterTurn = _ => turns++;
        fleet.Finish();

        Assert.Equal(20, fleet.Started.Length);
        Assert.InRange(turns, 19, 80);
    }

    [Fact]
    public void Why_says_how_much_there_is_and_when_there_will_be_enough()
    {
        VirtualFleet fleet = Fleet("github", new LimitPolicy(Rate.PerMinute(60), 10), Hangs);
        fleet.Submit(new BlockBuilder().Task("a", Shape("a", locks: Drawn("github", 8)), priority: 1).Task("b", Shape("b", locks: Drawn("github", 5))));

        WaitReason reason = fleet.Why("b").Reasons[0];
        Assert.Equal(("limit", "takes 5 from limit github (60 in 60 s, at most 10 at once), 2 are there", "5", "2"), (reason.Code, reason.Message, reason.Needed, reason.Available));
        Assert.EndsWith(", in 3 s", reason.ReleasedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_request_is_not_passed_for_ever_by_small_ones()
    {
        VirtualFleet fleet = Fleet("api", new LimitPolicy(new Rate(1, TimeSpan.FromSeconds(1)), 5));
        RunId run = fleet.Submit(Tasks(6, Drawn("api")), seal: false);
        fleet.Send(new AddTasks(run, new BlockBuilder().Task("large", Shape("large", locks: Drawn("api", 5))).Build(), Document));
        for (int i = 0; i < 30; i++)
        {
            fleet.Advance(1);
            fleet.Send(new AddTasks(run, new BlockBuilder().Task($"small{i}", Shape($"small{i}", locks: Drawn("api"))).Build(), Document));
        }

        Assert.Contains("large", fleet.Started);
    }

    [Fact]
    public void A_retry_takes_from_the_limit_again()
    {
        VirtualFleet fleet = Fleet("api", new LimitPolicy(new Rate(1, TimeSpan.FromMinutes(5)), 1), static () => SimulatedAttempt.Exits(0, 1));
        fleet.Submit(new BlockBuilder().Task("a", Shape(locks: Drawn("api")), policy: Retrying(1)));
        fleet.Finish();

        DateTimeOffset[] starts = [.. fleet.Facts.OfType<AttemptAdmitted>().Select(fact => fact.At)];
        Assert.Equal(TimeSpan.FromMinutes(5), starts[1] - starts[0]);
    }

    [Fact]
    public void A_limit_and_a_lock_of_the_same_name_have_nothing_to_do_with_each_other()
    {
        VirtualFleet fleet = Fleet("db", new LimitPolicy(Rate.PerMinute(60), 2), Hangs);
        fleet.Submit(new BlockBuilder().Task("a", Shape("a", locks: Exclusive("db"))).Task("b", Shape("b", locks: Drawn("db"))).Task("c", Shape("c", locks: Drawn("db"))));
        Assert.Equal(["a", "b", "c"], fleet.Running.Order());
    }

    [Fact]
    public void A_changed_limit_takes_over_what_was_taken()
    {
        VirtualFleet fleet = Fleet("api", new LimitPolicy(Rate.PerMinute(1), 4), Hangs);
        fleet.Submit(Tasks(8, Drawn("api")));
        Assert.Equal(4, fleet.Running.Length);
        fleet.Send(new SetLimits(fleet.Limits with { Services = fleet.Limits.Services.SetItem("api", new LimitPolicy(Rate.PerMinute(1), 6)) }));
        Assert.Equal(6, fleet.Running.Length);
    }

    [Fact]
    public void Recovery_folds_the_same_level()
    {
        VirtualFleet fleet = Fleet("api", new LimitPolicy(Rate.PerMinute(6), 3), Hangs);
        fleet.Submit(Tasks(5, Drawn("api")));
        fleet.Advance(12);

        var kernel = new Kernel(new KernelStart(1, 2, default));
        fleet.Facts.ForEach(kernel.Fold);
        Assert.Equal(fleet.Kernel.State.Locks[0].Limit!.Level(fleet.Now), kernel.State.Locks[0].Limit!.Level(fleet.Now));
    }

    [Fact]
    public void More_than_fits_at_once_can_never_run()
    {
        VirtualFleet fleet = Fleet("api", new LimitPolicy(Rate.PerMinute(60), 3), Hangs);
        fleet.Submit(new BlockBuilder().Task("a", Shape(locks: Drawn("api", 4))));
        WaitReason reason = fleet.Why("a").Reasons[0];
        Assert.Equal(("never", "takes 4 from limit api, of which at most 3 fit at once"), (reason.Code, reason.Message));
    }

    [Fact]
    public void A_provider_gets_no_more_agents_than_its_quota_feeds_and_why_says_so()
    {
        VirtualFleet fleet = Fleet("unused", new LimitPolicy(Rate.PerMinute(60), 3), Hangs);
        fleet.Send(Feeds(2));
        fleet.Submit(Tasks(4, Fed("anthropic")));

        Assert.Equal(["t0", "t1"], fleet.Running.Order());
        WaitReason reason = fleet.Why("t2").Reasons[0];
        Assert.Equal(("quota", "anthropic feeds 2 agents at the use seen; 2 run; input tokens 96 % used"), (reason.Code, reason.Message));
        fleet.Send(Feeds(3));
        Assert.Equal(3, fleet.Running.Length);
        fleet.Send(Feeds(1));
        fleet.End("t0");
        Assert.Equal(2, fleet.Running.Length);
    }

    [Fact]
    public void One_agent_may_always_run_and_others_are_not_concerned()
    {
        VirtualFleet fleet = Fleet("unused", new LimitPolicy(Rate.PerMinute(60), 3), Hangs);
        fleet.Send(Feeds(0));
        fleet.Submit(new BlockBuilder().Task("a", Shape("agent", locks: Fed("anthropic"))).Task("b", Shape("agent", locks: Fed("anthropic"))).Task("make", Shape("make")));
        Assert.Equal(["a", "make"], fleet.Running.Order());
    }

    [Fact]
    public void Providers_that_stand_for_each_other_feed_together()
    {
        VirtualFleet fleet = Fleet("unused", new LimitPolicy(Rate.PerMinute(60), 3), Hangs);
        fleet.Send(new QuotaSampled([new QuotaFeed("east", 1, 0, 0.9, "requests"), new QuotaFeed("west", 2, 0, 0.9, "requests")]));
        fleet.Submit(Tasks(5, Fed("east|west")));
        Assert.Equal(3, fleet.Running.Length);
        Assert.StartsWith("east and west feeds 3 agents", fleet.Why("t4").Reasons[0].Message, StringComparison.Ordinal);
    }

    private static QuotaSampled Feeds(int agents) => new([new QuotaFeed("anthropic", agents, 1, 0.96, "input tokens")]);

    private static SimulatedAttempt Hangs() => SimulatedAttempt.Hangs();

    private static VirtualFleet Fleet(string limit, LimitPolicy policy, Func<SimulatedAttempt>? behaviour = null)
    {
        var fleet = new VirtualFleet { Behaviour = (_, _) => behaviour?.Invoke() ?? SimulatedAttempt.Succeeds(0.5) };
        fleet.Limits = fleet.Limits with { Services = ImmutableDictionary<string, LimitPolicy>.Empty.Add(limit, policy) };
        fleet.Send(new SetLimits(fleet.Limits));
        return fleet;
    }

    private static BlockBuilder Tasks(int count, Plimsoll.Core.Capacity.LockClaim claim)
    {
        var block = new BlockBuilder();
        for (int i = 0; i < count; i++)
        {
            block.Task($"t{i}", Shape(locks: claim));
        }

        return block;
    }

    private static double[] Starts(VirtualFleet fleet) =>
        [.. fleet.Facts.OfType<AttemptAdmitted>().Select(fact => (fact.At - VirtualFleet.Start).TotalSeconds)];
}
