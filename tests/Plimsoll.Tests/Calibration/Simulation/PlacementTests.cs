using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.Simulation;

/// <summary>What holds of every strategy on nodes of many sizes that fail and come back, and what tells them apart.</summary>
public sealed class PlacementTests
{
    private const long Gibibyte = 1L << 30;

    [Theory]
    [InlineData(PlacementStrategy.BestFit)]
    [InlineData(PlacementStrategy.RoundRobin)]
    [InlineData(PlacementStrategy.LeastLoaded)]
    [InlineData(PlacementStrategy.WeightedRoundRobin)]
    [InlineData(PlacementStrategy.CapabilityBased)]
    public void No_node_is_given_more_than_it_has_whatever_fails(PlacementStrategy strategy)
    {
        for (int seed = 1; seed <= TestLevel.Count(20, 200, 2000); seed++)
        {
            var random = new Random(seed);
            SimulatedNode[] nodes = [.. Enumerable.Range(0, random.Next(2, 9)).Select(number => new SimulatedNode(random.Next(8, 65) * Gibibyte, random.Next(2, 17), random.Next(3) == 0 || number == 0 ? ["gpu"] : []))];
            SimulatedLoad load = WithLabels(LoadGenerator.Make(GeneratedShape.Default with { Tasks = 150, Needs = 1, Width = 30, MemoryBytes = Gibibyte, Spread = 0.2, FailureShare = 0.1 }, seed), every: 5);
            var options = new SimulationOptions([.. nodes], SimulatedPolicy.Oracle)
            {
                Placement = strategy,
                Seed = seed,
                Outages = NodeOutage.Poisson(nodes.Length, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2), TimeSpan.FromHours(4), seed),
            };
            (SimulationRun run, CapacityWatch watch) = Watched(load, options);
            Assert.True(watch.Exceeded is null, $"seed {seed}: {watch.Exceeded}");
            Assert.True(run.Unfinished == 0, $"seed {seed}: {run.Unfinished} did not end, {run.Stuck}");
        }
    }

    [Fact]
    public void Nodes_that_can_more_stay_free_for_those_that_need_it()
    {
        // Long tasks that run anywhere come first; then short ones that only the two special nodes can run.
        SimulatedNode plain = new(16 * Gibibyte, 4, []), special = plain with { Labels = ["gpu"] };
        SimulatedLoad load = WithLabels(LoadGenerator.Make(GeneratedShape.Default with { Tasks = 16, Classes = 2, MemoryBytes = 2 * Gibibyte, Seconds = 600, Spread = 0 }, 1), every: 2);
        double Makespan(PlacementStrategy strategy) => Watched(load, new SimulationOptions([special, special, plain, plain], SimulatedPolicy.Oracle) { Placement = strategy }).Run.MakespanSeconds;
        Assert.Equal(600, Makespan(PlacementStrategy.CapabilityBased), 1.0);
        Assert.True(Makespan(PlacementStrategy.RoundRobin) > 1100, "in turn, the special nodes are taken by tasks that could run anywhere");
    }

    [Fact]
    public void A_turn_is_equal_by_node_and_a_weighted_turn_by_size()
    {
        SimulatedNode small = new(16 * Gibibyte, 64, []), large = new(48 * Gibibyte, 64, []);
        SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 12, Classes = 1, MemoryBytes = Gibibyte, Cpu = 0, Spread = 0 }, 1);
        Dictionary<NodeId, int> Starts(PlacementStrategy strategy) => Watched(load, new SimulationOptions([small, large], SimulatedPolicy.Oracle) { Placement = strategy }).Watch.Starts;
        Assert.Equal(6, Starts(PlacementStrategy.RoundRobin)[new NodeId(1)]);
        Assert.InRange(Starts(PlacementStrategy.WeightedRoundRobin)[new NodeId(1)], 8, 10);
        Assert.InRange(Starts(PlacementStrategy.LeastLoaded)[new NodeId(1)], 8, 10);
    }

    private static (SimulationRun Run, CapacityWatch Watch) Watched(SimulatedLoad load, SimulationOptions options)
    {
        var watch = new CapacityWatch(
            new KernelStart((ulong)options.Seed, 1, default), load.WithKnownSizes().Block, [.. options.Nodes.Select(node => SimulationLimits.Capacity(options, node))]);
        return (new FleetSimulation(load, options, watch).Run(TimeProvider.System, null, CancellationToken.None), watch);
    }

    /// <summary>Every so manieth shape can run only where there is a processor for graphics.</summary>
    private static SimulatedLoad WithLabels(SimulatedLoad load, int every)
    {
        ImmutableArray<TaskShape> shapes = [.. load.Block.Shapes.Select((shape, at) => at % every == every - 1 ? shape with { Requires = ["gpu"] } : shape)];
        return load with { Block = load.Block with { Shapes = shapes } };
    }
}
