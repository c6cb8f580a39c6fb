using System.Diagnostics;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Benchmarks.Simulation;

/// <summary>How long a million tasks on ten thousand nodes take to simulate, and a recorded workflow on one.</summary>
internal sealed class SimulationSpeed : IBenchmark
{
    private const long Gibibyte = 1L << 30;
    private const double MostSeconds = 60;
    private const double MostGibibytes = 2e9 / Gibibyte;
    private const double MostRecordedSeconds = 0.2;

    public string Verb => "simulate";

    public string Question => "How long do 1,000,000 tasks on 10,000 nodes of mixed sizes take in virtual time, and bwa-large on one?";

    public string Control => "half of the tasks on half of the nodes: a scheduler that scans nodes would take a quarter of the time, one that does not about half";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        List<Verdict> verdicts = [];
        int tasks = options.Count("tasks", 1_000_000), nodes = options.Count("nodes", 10_000);
        if (!options.Has("recorded"))
        {
            SimulationRun half = Simulate(tasks / 2, nodes / 2, PlacementStrategy.BestFit, options, output);
            PlacementStrategy[] strategies = options.Has("all") ? Enum.GetValues<PlacementStrategy>() : [PlacementStrategy.BestFit];
            foreach (PlacementStrategy strategy in strategies)
            {
                SimulationRun whole = Simulate(tasks, nodes, strategy, options, output);
                verdicts.Add(Budget.AtMost($"{tasks:N0} tasks on {nodes:N0} nodes, {strategy}: seconds", whole.WallSeconds, MostSeconds, output));
                output.WriteLine($"  whole / half: {whole.WallSeconds / half.WallSeconds:0.00}");
            }

            using var self = Process.GetCurrentProcess();
            verdicts.Add(Budget.AtMost("most resident memory, GiB", self.PeakWorkingSet64 / (double)Gibibyte, MostGibibytes, output));
        }

        if (Recordings.Load(options, "bwa-chameleon-large-001", 1, 1, output) is not { } bwa)
        {
            return Verdict.Inconclusive;
        }

        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            SimulatedNode node = new(4 * Gibibyte, 8, []);
            SimulationRun run = new FleetSimulation(bwa, new SimulationOptions([node], SimulatedPolicy.Oracle)).Run(TimeProvider.System, null, CancellationToken.None);
            best = Math.Min(best, run.WallSeconds);
            output.WriteLine($"  bwa-large: {run.MakespanSeconds:0} s simulated in {run.WallSeconds:0.000} s");
        }

        verdicts.Add(Budget.AtMost("bwa-large, seconds", best, MostRecordedSeconds, output));
        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static SimulationRun Simulate(int tasks, int nodes, PlacementStrategy placement, BenchmarkOptions options, TextWriter output)
    {
        GeneratedShape shape = GeneratedShape.Default with
        {
            Tasks = tasks,
            Classes = options.Count("classes", 100),
            Needs = options.Count("needs", 2),
            Width = Math.Max(1, tasks / 5),
            MemoryBytes = 2 * Gibibyte,
        };
        long before = Stopwatch.GetTimestamp();
        SimulatedLoad load = LoadGenerator.Make(shape, 1);
        double made = Stopwatch.GetElapsedTime(before).TotalSeconds;
        SimulatedNode[] fleet = [.. Enumerable.Range(0, nodes).Select(number => new SimulatedNode((16L << (number % 3)) * Gibibyte, 4 << (number % 3), []))];
        SimulatedPolicy policy = options.Has("learned") ? SimulatedPolicy.LoadLine : SimulatedPolicy.Oracle;
        var simulation = new FleetSimulation(load, new SimulationOptions([.. fleet], policy) { Placement = placement });
        SimulationRun run = simulation.Run(TimeProvider.System, options.Has("progress") ? share => output.WriteLine($"  {share:P0} after {Stopwatch.GetElapsedTime(before).TotalSeconds:0.0} s") : null, CancellationToken.None);
        output.WriteLine(
            $"  {tasks:N0} tasks, {nodes:N0} nodes, {placement}: made in {made:0.0} s, simulated in {run.WallSeconds:0.0} s; makespan {run.MakespanSeconds:0} s, "
            + $"{run.MakespanSeconds / run.BoundSeconds:0.00} x the bound, {run.MostLive:N0} at once, {run.Unfinished} unfinished {run.Stuck}; heap {GC.GetTotalMemory(false) >> 20} MiB");
        return run;
    }
}
