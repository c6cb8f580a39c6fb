using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;

namespace Plimsoll.Benchmarks.Simulation;

/// <summary>Recorded workflows as loads of the simulator.</summary>
internal static class Recordings
{
    public static string Folder(BenchmarkOptions options) =>
        options.Text("recordings", Path.GetFullPath(Path.Combine(Workbench.Root, "..", "shared", "data", "wfinstances")));

    public static SimulatedLoad? Load(BenchmarkOptions options, string name, double timeScale, double memoryScale, TextWriter output)
    {
        string file = Path.Combine(Folder(options), name + ".json");
        if (!File.Exists(file))
        {
            output.WriteLine($"  no recording at {file}; --recordings DIR names another folder");
            return null;
        }

        var source = new PlanSource(name, File.ReadAllText(file), PlanFormat.WfCommons, new WfCommonsOptions(timeScale, memoryScale));
        CompiledPlan plan = PlanCompiler.Compile(source, PlimsollConfiguration.Default).Plan!;
        return SimulatedLoad.OfPlan(name, plan.Block, TimeSpan.Zero, Bytes.Zero);
    }
}
