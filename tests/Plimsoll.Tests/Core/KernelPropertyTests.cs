using Plimsoll.Core;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core;

/// <summary>Random fleets; a failure names its seed.</summary>
public sealed class KernelPropertyTests
{
    [Fact]
    public void Every_turn_keeps_the_invariants_and_everything_ends()
    {
        for (int seed = 0; seed < TestLevel.Count(300, 3000, 30_000); seed++)
        {
            Attempt(seed, () =>
            {
                var scenario = new RandomScenario(seed);
                VirtualFleet fleet = scenario.Fleet;
                fleet.AfterTurn = new KernelInvariants(fleet).Check;
                scenario.Begin(disturb: true);
                fleet.Finish();
                Assert.Empty(fleet.Kernel.LiveAttempts());
                foreach (RunState run in fleet.Kernel.State.Runs.All)
                {
                    Assert.True(run is { Unfinished: 0, Finished: true }, $"run {run.Id} has {run.Unfinished} unfinished tasks");
                }
            });
        }
    }

    [Fact]
    public void Folding_the_facts_again_gives_the_same_state_at_any_moment()
    {
        for (int seed = 0; seed < TestLevel.Count(150, 1500, 15_000); seed++)
        {
            Attempt(seed, () =>
            {
                var scenario = new RandomScenario(seed);
                VirtualFleet fleet = scenario.Fleet;
                scenario.Begin(disturb: true);
                for (int step = 0; fleet.Step(); step++)
                {
                    if (step % 7 == 0)
                    {
                        AssertReplays(fleet);
                    }
                }

                AssertReplays(fleet);
            });
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_facts()
    {
        for (int seed = 0; seed < TestLevel.Count(20, 200, 2000); seed++)
        {
            Assert.Equal(Trace(seed), Trace(seed));
        }
    }

    [Fact]
    public void The_head_starts_no_later_than_with_the_last_exit_it_waited_for()
    {
        int kept = 0;
        for (int seed = 0; seed < TestLevel.Count(300, 3000, 30_000); seed++)
        {
            Attempt(seed, () =>
            {
                var scenario = new RandomScenario(seed * 3);
                VirtualFleet fleet = scenario.Fleet;
                var promise = new HeadPromise(fleet.Kernel);
                if (fleet.Limits.Node.Memory is null)
                {
                    return;
                }

                fleet.AfterTurn = promise.Check;
                scenario.Begin(disturb: false);
                fleet.Finish();
                kept += promise.Kept;
            });
        }

        Assert.True(kept > 100, $"only {kept} promises were made: the property was hardly tried");
    }

    private static string[] Trace(int seed)
    {
        var scenario = new RandomScenario(seed);
        scenario.Begin(disturb: true);
        return [.. scenario.Fleet.Finish().Facts.Select(fact => $"{fact.GetType().Name} {fact.At:O}"), StateDigest.Of(scenario.Fleet.Kernel, default)];
    }

    private static void AssertReplays(VirtualFleet fleet)
    {
        var replayed = new Kernel(new KernelStart(1, 1, default(RunId)));
        fleet.Facts.ForEach(replayed.Fold);
        Assert.Equal(StateDigest.Of(fleet.Kernel, fleet.Now), StateDigest.Of(replayed, fleet.Now));

        // Everything that follows from the facts had been drawn already: a recovered kernel must not find more of it.
        Turn next = replayed.Apply([new SetIntake(true, "look only")], fleet.Now);
        Assert.DoesNotContain(next.Facts, fact => fact is TasksSkipped or TasksCancelled or RunFinished or AttemptFinished);
    }

    private static void Attempt(int seed, Action scenario)
    {
        try
        {
            scenario();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
    }
}
