using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;

namespace Plimsoll.Benchmarks.Simulation;

/// <summary>How near the production kernel comes to a greedy scheduler that knows everything, on recorded workflows in virtual time.</summary>
internal sealed class RecordedQuality : IBenchmark
{
    private const double MostWithSizes = 1.05;
    private const double MostLearned = 1.15;
    private const int Cores = 8;

    public string Verb => "recorded";

    public string Question => "How long do recorded workflows take against greedy list scheduling with known sizes: when sizes are known, and when they were learned in a first pass?";

    public string Control => "one task at a time; it must be slower";

    public string Rivals => "greedy list scheduling, longest path first, true peaks";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        List<Verdict> verdicts = [];
        string folder = Recordings.Folder(options);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*-*-*.json") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            SimulatedLoad load = Recordings.Load(options, name, 1, 1, output)!;
            long bytes = RecordedHost.Bytes(load);
            double greedy = GreedyReference.Seconds(load, Cores, RecordedHost.Usable(bytes));
            SimulationRun oracle = Simulate(load, bytes, SimulatedPolicy.Oracle, 1);
            SimulationRun learned = Simulate(load.WithoutSizes(), bytes, SimulatedPolicy.LoadLine, 2);
            SimulationRun control = Simulate(load, bytes, PolicyWords.Policy("fixed:1")!, 1);
            output.WriteLine($"  {name}: {load.Block.Count} tasks on {bytes >> 20} MiB, greedy {greedy:0} s, control {control.MakespanSeconds / greedy:0.00}, first pass {learned.FirstPassSeconds / greedy:0.000}");
            verdicts.Add(Budget.AtMost($"{name}, sizes known: makespan / greedy", oracle.MakespanSeconds / greedy, MostWithSizes, output));
            verdicts.Add(Budget.AtMost($"{name}, sizes learned: makespan / greedy", learned.MakespanSeconds / greedy, MostLearned, output));
            if (control.MakespanSeconds <= oracle.MakespanSeconds)
            {
                return Verdict.Inconclusive;
            }
        }

        return verdicts.Count == 0 ? Verdict.Inconclusive : verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static SimulationRun Simulate(SimulatedLoad load, long bytes, SimulatedPolicy policy, int passes) =>
        new FleetSimulation(load, new SimulationOptions([new SimulatedNode(bytes, Cores, [])], policy) { Passes = passes }).Run(TimeProvider.System, null, CancellationToken.None);
}
