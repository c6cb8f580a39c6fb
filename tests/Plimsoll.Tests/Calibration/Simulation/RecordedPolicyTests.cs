using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;
using Plimsoll.Tests.Plans;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.Simulation;

/// <summary>Recorded workflows under the production kernel, beside greedy list scheduling that knows everything.</summary>
public sealed class RecordedPolicyTests
{
    private const int Cores = 8;
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances");

    [Theory]
    [InlineData("airrflow-dirt02-001")]
    [InlineData("bwa-chameleon-large-001")]
    [InlineData("blast-chameleon-large-001")]
    [InlineData("srasearch-chameleon-50a-001")]
    public void The_makespan_is_near_greedy_with_known_sizes_and_after_a_first_pass(string name)
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        var source = new PlanSource(name, File.ReadAllText(Path.Combine(Folder, name + ".json")), PlanFormat.WfCommons, new WfCommonsOptions(1, 1));
        SimulatedLoad load = SimulatedLoad.OfPlan(name, PlanCompiler.Compile(source, PlimsollConfiguration.Default).Plan!.Block, TimeSpan.Zero, Bytes.Zero);
        long bytes = RecordedHost.Bytes(load);
        double greedy = GreedyReference.Seconds(load, Cores, RecordedHost.Usable(bytes));

        SimulationRun known = Simulate(load, bytes, SimulatedPolicy.Oracle, 1);
        Assert.True(known.MakespanSeconds <= 1.05 * greedy, $"{known.MakespanSeconds} with known sizes, greedy {greedy}");
        SimulationRun learned = Simulate(load.WithoutSizes(), bytes, SimulatedPolicy.LoadLine, 2);
        Assert.True(learned.MakespanSeconds <= 1.15 * greedy, $"{learned.MakespanSeconds} with learned sizes, greedy {greedy}");
        Assert.Equal((0, 0), (learned.HostKills, learned.Unfinished));
    }

    private static SimulationRun Simulate(SimulatedLoad load, long bytes, SimulatedPolicy policy, int passes) =>
        new FleetSimulation(load, new SimulationOptions([new SimulatedNode(bytes, Cores, [])], policy) { Passes = passes })
            .Run(TimeProvider.System, null, TestContext.Current.CancellationToken);
}
