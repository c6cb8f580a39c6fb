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
        (QuarterWatch watch, double truth) = Play(file, places, new Day(7, 1.4, 0.25));
        DrainForecast forecast = watch.Forecast!;
        output.WriteLine($"{file}, {places} places: {forecast.Seconds:0} s forecast ({forecast.Low:0} to {forecast.High:0}), {truth:0} s in truth");
        Assert.InRange(forecast.Seconds / truth, 0.8, 1.2);
    }

    /// <summary>
    /// Days that were not looked at while the forecast was made. Where one long task ends a workflow, its own noise decides: who knows the truth but for that noise misses as well, and is what to compare with.
    /// </summary>
    [Fact]
    public void Days_that_were_held_out_are_told_nearly_as_well_as_can_be()
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        var own = new List<double>();
        var best = new List<double>();
        var inBand = new List<bool>();
        Day[] kinds = [new(0, 1.4, 0.1), new(0, 1.4, 0.25), new(0, 0.7, 0.25), new(0, 1, 0.5)];
        foreach (Day kind in kinds)
        {
            int first = own.Count;
            for (int seed = 101; seed < 101 + TestLevel.Count(quick: 2, all: 10, soak: 50); seed++)
            {
                foreach ((string file, int places) in Recordings().Select(static row => row.Data))
                {
                    (QuarterWatch watch, double truth) = Play(file, places, kind with { Seed = seed });
                    own.Add(Math.Abs((watch.Forecast!.Seconds / truth) - 1));
                    best.Add(Math.Abs((watch.Best!.Seconds / truth) - 1));
                    inBand.Add(watch.Forecast.Low <= truth && truth <= watch.Forecast.High);
                }
            }

            output.WriteLine($"x{kind.Slower}, noise {kind.Noise}: forecast {Words(own[first..])}; with the truth known {Words(best[first..])}; {inBand[first..].Count(static one => one) / (double)(own.Count - first):P0} in the band");
        }

        output.WriteLine($"all: forecast {Words(own)}; with the truth known {Words(best)}; {inBand.Count(static one => one) / (double)own.Count:P0} in the band");
        Assert.InRange(Within(own), Within(best) - 0.15, 1);

        static double Within(List<double> misses) => misses.Count(static one => one <= 0.2) / (double)misses.Count;
        static string Words(List<double> misses) => $"{Within(misses):P0} of {misses.Count} within 20 %, median miss {misses.Order().ElementAt(misses.Count / 2):P0}, worst {misses.Max():P0}";
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

    /// <summary>Plays a recording on such a day until its end, and gives the forecast of the quarter with the truth.</summary>
    private static (QuarterWatch Watch, double Truth) Play(string file, int places, Day day)
    {
        CompiledPlan plan = PlanCompiler.Compile(new PlanSource(file, File.ReadAllText(Path.Combine(Folder, file)), PlanFormat.WfCommons, new WfCommonsOptions()), PlimsollConfiguration.Default).Plan!;
        SimulatedLoad recorded = SimulatedLoad.OfPlan(plan.Name, plan.Block, TimeSpan.FromSeconds(1), Bytes.FromMebibytes(1));
        SimulatedLoad load = Slower(recorded, day);
        var watch = new QuarterWatch(load.Block, places) { Truth = ([.. recorded.Work.Select(work => work.Seconds * day.Slower)], day.Noise) };
        var policy = new SimulatedPolicy("fixed", new FixedConcurrency(places, false, null, default), false);
        SimulationRun run = new FleetSimulation(load, new SimulationOptions([new SimulatedNode(1L << 50, 100_000, [])], policy), watch).Run(TimeProvider.System, null, TestContext.Current.CancellationToken);
        Assert.NotNull(watch.Forecast);
        return (watch, run.MakespanSeconds - watch.QuarterSeconds);
    }

    private static SimulatedLoad Slower(SimulatedLoad load, Day day)
    {
        var draws = new Random(day.Seed);
        return load with { Work = [.. load.Work.Select(work => SimulatedWork.Flat((float)(work.Seconds * day.Slower * Math.Exp(day.Noise * Normal(draws))), work.PeakBytes))] };
    }

    private static double Normal(Random draws) => Math.Sqrt(-2 * Math.Log(1 - draws.NextDouble())) * Math.Cos(2 * Math.PI * draws.NextDouble());

    /// <param name="Slower">How much longer everything takes than recorded.</param>
    /// <param name="Noise">Standard deviation of the logarithm of each task's own factor.</param>
    private sealed record Day(int Seed, double Slower, double Noise);
}
