using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Daemon.Simulations;
using Xunit;

namespace Plimsoll.Tests.Calibration.Simulation;

public sealed class ArrivalTests
{
    private const long Gibibyte = 1L << 30;

    [Fact]
    public void Tasks_come_in_parts_and_none_starts_before_it_came()
    {
        SimulatedLoad load = Ten() with { Parts = [new(TimeSpan.Zero, 0), new(TimeSpan.FromHours(1), 4), new(TimeSpan.FromHours(2), 9)] };
        SimulationRun run = Run(load, passes: 1);
        Assert.Equal((10, 0, 5), (run.Succeeded, run.Unfinished, (int)run.MostLive));
        Assert.Equal(7260, run.MakespanSeconds, 1.0);
        Assert.Equal(7260, run.BoundSeconds, 1.0);
        Assert.Equal(7260, Run(load, passes: 2).MakespanSeconds, 1.0);
    }

    [Fact]
    public void A_part_keeps_the_needs_within_it()
    {
        SimulatedLoad load = LoadGenerator.Make(GeneratedShape.Default with { Tasks = 40, Needs = 2, Width = 10, Cpu = 0, Spread = 0 }, 1);
        SimulationRun whole = Run(load, passes: 1), sliced = Run(load with { Parts = [new(TimeSpan.Zero, 0), new(TimeSpan.FromSeconds(1e-3), 40)] }, passes: 1);
        Assert.Equal((whole.MakespanSeconds, whole.Succeeded), (sliced.MakespanSeconds, sliced.Succeeded));
    }

    [Theory]
    [InlineData("12", 12, 12)]
    [InlineData("3-9", 3, 9)]
    [InlineData("3-", 3, int.MaxValue)]
    public void Runs_are_named_by_number(string words, int first, int last) => Assert.Equal(new RunRange(first, last), RunRange.Read(words));

    [Theory]
    [InlineData("plan.yaml")]
    [InlineData("9-3")]
    [InlineData("-3")]
    [InlineData("3-x")]
    [InlineData("99999999999")]
    public void Anything_else_is_no_run(string words) => Assert.Null(RunRange.Read(words));

    /// <summary>Of a minute each.</summary>
    private static SimulatedLoad Ten() => LoadGenerator.Make(GeneratedShape.Default with { Tasks = 10, Classes = 1, Cpu = 0, Spread = 0 }, 1);

    private static SimulationRun Run(SimulatedLoad load, int passes) =>
        new FleetSimulation(load, new SimulationOptions([new SimulatedNode(64 * Gibibyte, 64, [])], SimulatedPolicy.Oracle) { Passes = passes }).Run(TimeProvider.System, null, CancellationToken.None);
}
