using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Xunit;

namespace Plimsoll.Tests.Calibration.Simulation;

public sealed class FleetSimulationTests
{
    private const long Gibibyte = 1L << 30;

    [Fact]
    public void The_same_seed_gives_the_same_run_whatever_the_policy()
    {
        foreach (string policy in (string[])["load-line", "oracle", "fixed:4", "tiers", "formula:1G"])
        {
            SimulationRun first = Run(Bursty(1), policy), again = Run(Bursty(1), policy);
            Assert.Equal(first with { WallSeconds = 0, Waits = [], Series = [] }, again with { WallSeconds = 0, Waits = [], Series = [] });
            Assert.Equal(first.Series, again.Series);
        }
    }

    [Fact]
    public void Another_seed_gives_another_load() =>
        Assert.NotEqual(Run(Bursty(1), "oracle").MakespanSeconds, Run(Bursty(2), "oracle").MakespanSeconds);

    [Fact]
    public void No_schedule_is_shorter_than_the_bound_and_the_oracle_is_near_greedy()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 200, Needs = 2, Width = 20 }, seed);
            SimulationRun run = Run(load, "oracle", reserve: 0);
            double greedy = GreedyReference.Seconds(load, 4, 8 * Gibibyte);
            Assert.True(run.MakespanSeconds >= run.BoundSeconds - 0.01, $"seed {seed}: {run.MakespanSeconds} s, bound {run.BoundSeconds}");
            Assert.InRange(run.MakespanSeconds / greedy, 0.8, 1.15);
        }
    }

    [Fact]
    public void A_width_that_memory_does_not_carry_is_killed_and_the_load_line_is_not()
    {
        SimulatedLoad load = Bursty(3);
        SimulationRun wide = Run(load, "fixed:8");
        SimulationRun line = Run(load, "load-line");
        Assert.True(wide.HostKills > 0, "the control was not killed");
        Assert.Equal((0, 0), (line.HostKills, line.Unfinished));
        Assert.Equal(load.Block.Count, line.Succeeded);
        Assert.True(line.MostHeldBytes <= 8 * Gibibyte);
    }

    [Fact]
    public void Of_several_passes_the_last_is_told()
    {
        SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 100, MemoryBytes = Gibibyte }, 1);
        var options = new SimulationOptions([new SimulatedNode(8 * Gibibyte, 4, [])], SimulatedPolicy.LoadLine);
        SimulationRun once = new FleetSimulation(load, options).Run(TimeProvider.System, null, CancellationToken.None);
        SimulationRun last = new FleetSimulation(load, options with { Passes = 3 }).Run(TimeProvider.System, null, CancellationToken.None);
        Assert.Equal((100, 100), (once.Attempts, last.Attempts));
        Assert.Equal(once.MakespanSeconds, last.FirstPassSeconds);
        Assert.Equal(last.MakespanSeconds, last.Series[^1].Seconds, 0.001 * last.MakespanSeconds);
    }

    [Fact]
    public void Tasks_of_nodes_that_fail_start_again_and_readings_go_on_when_a_node_is_back()
    {
        SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 300, MemoryBytes = Gibibyte }, 1);
        SimulatedNode node = new(8 * Gibibyte, 4, []);
        var options = new SimulationOptions([node, node, node], SimulatedPolicy.LoadLine)
        {
            Outages = [new NodeOutage(1, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)), new NodeOutage(2, TimeSpan.FromMinutes(3), null)],
        };
        SimulationRun run = new FleetSimulation(load, options).Run(TimeProvider.System, null, CancellationToken.None);
        Assert.Equal((300, 0), (run.Succeeded, run.Unfinished));
        Assert.True(run.Lost > 0);
        Assert.True(run.MemoryUtilisation > 0.05, $"only {run.MemoryUtilisation:P0} of memory was seen to be used");
    }

    [Fact]
    public void What_no_node_can_hold_ends_as_unfinished_with_a_reason()
    {
        SimulationRun run = Run(LoadGenerator.Make(GeneratedShape.Default with { Tasks = 3, MemoryBytes = 100 * Gibibyte }, 1), "oracle");
        Assert.Equal(3, run.Unfinished);
        Assert.Contains("memory", run.Stuck, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlacementStrategy.BestFit)]
    [InlineData(PlacementStrategy.RoundRobin)]
    [InlineData(PlacementStrategy.LeastLoaded)]
    [InlineData(PlacementStrategy.WeightedRoundRobin)]
    [InlineData(PlacementStrategy.CapabilityBased)]
    public void Every_strategy_ends_a_mixed_load_on_mixed_nodes(PlacementStrategy strategy)
    {
        SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 2000, Needs = 2, Width = 400, MemoryBytes = 2 * Gibibyte }, 5);
        SimulatedNode[] nodes = [.. Enumerable.Range(0, 100).Select(number => new SimulatedNode((16L << (number % 3)) * Gibibyte, 4 << (number % 3), []))];
        SimulationRun run = new FleetSimulation(load, new SimulationOptions([.. nodes], SimulatedPolicy.Oracle) { Placement = strategy }).Run(TimeProvider.System, null, CancellationToken.None);
        Assert.Equal((2000, 0), (run.Succeeded, run.Unfinished));
    }

    private static SimulatedLoad Bursty(int seed) =>
        LoadGenerator.Make(GeneratedShape.Default with { Tasks = 100, Classes = 4, MemoryBytes = Gibibyte / 2, BurstBytes = 2 * Gibibyte, Cpu = 0, Seconds = 30 }, seed);

    private static SimulationRun Run(SimulatedLoad load, string policy, long? reserve = null)
    {
        var options = new SimulationOptions([new SimulatedNode(8 * Gibibyte, 4, [])], PolicyWords.Policy(policy)!) { Reserve = reserve is { } bytes ? new Bytes(bytes) : null };
        return new FleetSimulation(load, options).Run(TimeProvider.System, null, CancellationToken.None);
    }
}
