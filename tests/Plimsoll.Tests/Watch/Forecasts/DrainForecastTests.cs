using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Plimsoll.Watch.Forecasts;
using Xunit;

namespace Plimsoll.Tests.Watch.Forecasts;

public sealed class DrainForecastTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances");

    public static TheoryData<string, int> Recordings()
    {
        var data = new TheoryData<string, int>();
        if (Directory.Exists(Folder))
        {
            foreach (string file in Directory.EnumerateFiles(Folder, "*.json").Where(static file => !file.EndsWith("schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileName(file), 8);
                data.Add(Path.GetFileName(file), 64);
            }
        }

        return data;
    }

    /// <summary>Today everything takes 1.4 times as long as recorded, each task with a noise of 25 %, under the production kernel.</summary>
    [Theory]
    [MemberData(nameof(Recordings), DisableDiscoveryEnumeration = true)]
    public void A_quarter_of_a_recorded_workflow_tells_the_rest_within_a_fifth(string file, int places)
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        CompiledPlan plan = PlanCompiler.Compile(new PlanSource(file, File.ReadAllText(Path.Combine(Folder, file)), PlanFormat.WfCommons, new WfCommonsOptions()), PlimsollConfiguration.Default).Plan!;
        SimulatedLoad load = Slower(SimulatedLoad.OfPlan(plan.Name, plan.Block, TimeSpan.FromSeconds(1), Bytes.FromMebibytes(1)));
        var watch = new QuarterWatch(load.Block, places);
        var policy = new SimulatedPolicy("fixed", new FixedConcurrency(places, false, null, default), false);

        SimulationRun run = new FleetSimulation(load, new SimulationOptions([new SimulatedNode(1L << 50, 100_000, [])], policy), watch).Run(TimeProvider.System, null, TestContext.Current.CancellationToken);

        double truth = run.MakespanSeconds - watch.QuarterSeconds;
        Assert.NotNull(watch.Forecast);
        output.WriteLine($"{file}, {places} places: {watch.Forecast.Seconds:0} s forecast ({watch.Forecast.Low:0} to {watch.Forecast.High:0}), {truth:0} s in truth");
        Assert.InRange(watch.Forecast.Seconds / truth, 0.8, 1.2);
    }

    [Fact]
    public void Work_is_divided_among_places_and_chains_are_not()
    {
        double[] seconds = [10, 10, 10, 10, 10];
        TaskOutlook[] open = new TaskOutlook[5];
        var free = new GraphOutlook(seconds, open, new double[5], [], new int[5]);
        var chain = free with { Edges = [(0, 1), (1, 2), (2, 3), (3, 4)] };

        Assert.Equal(50, DrainForecast.Of(free, 1, 0).Seconds);
        Assert.Equal(30, DrainForecast.Of(free, 2, 0).Seconds);
        Assert.Equal(50, DrainForecast.Of(chain, 4, 0).Seconds);
    }

    [Fact]
    public void What_runs_counts_with_what_is_left_of_it_and_what_ended_not_at_all()
    {
        var graph = new GraphOutlook([10, 10, 10], [TaskOutlook.Ended, TaskOutlook.Running, TaskOutlook.Open], [0, 4, 0], [(0, 1), (1, 2)], new int[3]);
        Assert.Equal(16, DrainForecast.Of(graph, 4, 0).Seconds);
        Assert.Equal(0, DrainForecast.Of(graph with { State = [TaskOutlook.Ended, TaskOutlook.Ended, TaskOutlook.Ended] }, 4, 0).Seconds);
    }

    [Fact]
    public void The_band_widens_with_the_spread_of_durations()
    {
        var graph = new GraphOutlook([10, 10, 10, 10], new TaskOutlook[4], new double[4], [], new int[4]);
        DrainForecast forecast = DrainForecast.Of(graph, 2, 0.5);
        Assert.InRange(forecast.Low, 1, 19.9);
        Assert.InRange(forecast.High, 20.1, 40);
    }

    private static SimulatedLoad Slower(SimulatedLoad load)
    {
        var draws = new Random(7);
        return load with { Work = [.. load.Work.Select(work => SimulatedWork.Flat((float)(work.Seconds * 1.4 * Math.Exp(0.25 * Normal(draws))), work.PeakBytes))] };
    }

    private static double Normal(Random draws) => Math.Sqrt(-2 * Math.Log(1 - draws.NextDouble())) * Math.Cos(2 * Math.PI * draws.NextDouble());
}
