using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Faults;
using Plimsoll.Core;
using Plimsoll.Tests.Calibration.Simulation.Mutants;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.Simulation;

/// <summary>Thousands of seeds with faults; <c>plimsoll simulate --faults --seed N</c> shows a failing one again.</summary>
public sealed class FaultSimulationTests
{
    [Fact]
    public void No_seed_of_faults_breaks_an_invariant()
    {
        var faults = new HashSet<FaultKind>();
        List<string> broken = [];
        foreach (FaultRun run in FaultSeeds.Run(1, TestLevel.Count(300, 3000, 20_000), null, TestContext.Current.CancellationToken))
        {
            faults.UnionWith(run.Faults.Keys);
            if (run.Broken is not null)
            {
                broken.Add($"{run.Replay}: {run.Broken}");
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken.Take(10)));
        Assert.Equal(Enum.GetValues<FaultKind>().ToHashSet(), faults);
    }

    /// <summary>These found that a task which was to run alone, because all the memory had not been enough, was given a node smaller than it had declared.</summary>
    [Theory]
    [InlineData(363)]
    [InlineData(733)]
    [InlineData(2217)]
    [InlineData(9196)]
    public void A_seed_that_has_found_something_stays_whole(int seed) => Assert.Null(new FaultWorld(seed).Run().Broken);

    [Fact]
    public void The_same_seed_gives_the_same_turns_and_faults()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            FaultRun first = new FaultWorld(seed).Run(), again = new FaultWorld(seed).Run();
            Assert.Equal((first.Turns, first.Broken), (again.Turns, again.Broken));
            Assert.Equal(first.Faults.OrderBy(pair => pair.Key), again.Faults.OrderBy(pair => pair.Key));
        }
    }

    [Fact]
    public void A_kernel_that_grants_a_lock_twice_is_caught_by_every_seed() =>
        CaughtByEverySeed(start => new LockGrantedTwice(start), "lock");

    [Fact]
    public void A_kernel_that_forgets_a_reservation_is_caught_by_every_seed() =>
        CaughtByEverySeed(start => new ReservationForgotten(start), "of memory");

    [Fact]
    public void A_kernel_that_loses_a_requeue_is_caught_by_every_seed() =>
        CaughtByEverySeed(start => new RequeueLost(start), "");

    [Fact]
    public void A_kernel_whose_starts_do_not_wait_for_the_journal_is_caught_by_every_seed() =>
        CaughtByEverySeed(start => new StartsBeforeTheJournal(start), "before the journal had it");

    [Fact]
    public void A_kernel_that_forgets_live_attempts_when_it_recovers_is_caught()
    {
        int caught = Enumerable.Range(1, 60).Count(seed => new FaultWorld(seed, start => new LiveForgotten(start)).Run().Broken is not null);
        Assert.True(caught > 10, $"only {caught} of 60 seeds caught it");
    }

    private static void CaughtByEverySeed(Func<KernelStart, IScheduler> mutant, string rule)
    {
        for (int seed = 1; seed <= TestLevel.Count(100, 500, 2000); seed++)
        {
            FaultRun run = new FaultWorld(seed, mutant).Run();
            Assert.True(run.Broken?.Contains(rule, StringComparison.Ordinal), $"seed {seed} did not catch it: {run.Broken ?? "nothing was broken"}");
        }
    }
}
