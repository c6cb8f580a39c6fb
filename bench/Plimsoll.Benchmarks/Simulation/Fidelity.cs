using System.Globalization;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Core.Units;

namespace Plimsoll.Benchmarks.Simulation;

/// <summary>How near the simulated makespan of a scaled workflow is to that of the real run.</summary>
internal sealed class Fidelity : IBenchmark
{
    private const double MostApart = 0.10;
    private const long CapacityBytes = 4L << 30;
    private const int Cores = 8;
    private const int MemoryScale = 16;
    private static readonly (string Recording, int TimeScale)[] Workflows = [("bwa-chameleon-large-001", 50), ("airrflow-dirt02-001", 10)];

    public string Verb => "fidelity";

    public string Question => "Is the simulated makespan of scaled workflows (bwa 1/50, airrflow 1/10, as processes that hold memory) within 10 % of the real run's?";

    public string Control => "the same simulated on half of the cores and memory; it must differ by more";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        using Workbench bench = new();
        List<Verdict> verdicts = [];
        foreach ((string name, int timeScale) in Workflows.Where(workflow => workflow.Recording.StartsWith(options.Text("only", ""), StringComparison.Ordinal)))
        {
            if (Recordings.Load(options, name, 1.0 / timeScale, 1.0 / MemoryScale, output) is not { } load)
            {
                return Verdict.Inconclusive;
            }

            string[] arguments =
            [
                "run", "-q", "--state", bench.FreshState(), "--format", "wfcommons", Path.Combine(Recordings.Folder(options), $"{name}.json"),
                "--time-scale", $"1/{timeScale.ToString(CultureInfo.InvariantCulture)}", "--memory-scale", $"1/{MemoryScale.ToString(CultureInfo.InvariantCulture)}",
                "--capacity", "4G", "--cores", Cores.ToString(CultureInfo.InvariantCulture),
            ];
            double simulated = Simulate(load, CapacityBytes / MemoryScale, Cores);
            double control = Simulate(load, CapacityBytes / MemoryScale / 2, Cores / 2);
            double real = Stopwatched.Run(Workbench.Plimsoll, arguments, bench.Folder).TotalSeconds;
            output.WriteLine($"  {name} at 1/{timeScale}: real {real:0.00} s, simulated {simulated:0.00} s; half of the machine {control:0.00} s");
            if (Math.Abs(control / simulated - 1) <= MostApart)
            {
                return Verdict.Inconclusive;
            }

            verdicts.Add(Budget.AtMost($"{name}: real and simulated apart by", Math.Abs(simulated / real - 1), MostApart, output));
        }

        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static double Simulate(SimulatedLoad load, long bytes, int cores) =>
        new FleetSimulation(load, new SimulationOptions([new SimulatedNode(bytes, cores, [])], SimulatedPolicy.Oracle) { Reserve = Bytes.Zero })
            .Run(TimeProvider.System, null, CancellationToken.None).MakespanSeconds;
}
