using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Graphs;

namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>A makespan that no schedule beats: the longest chain from when it came, all work over all cores, or memory times time over all memory.</summary>
public static class LowerBound
{
    public static double Seconds(SimulatedLoad load, SimulationOptions options)
    {
        TaskBlock block = load.Block;
        float[] seconds = [.. load.Work.Select(static work => work.Seconds)];
        double chain = 0, work = 0, memory = 0;
        float[] rank = CriticalPath.Rank(block.Count, block.Edges, seconds);
        for (int i = 0, part = 0; i < block.Count; i++)
        {
            while (part + 1 < load.Parts.Length && load.Parts[part + 1].First <= i)
            {
                part++;
            }

            chain = Math.Max(chain, rank[i] + (load.Parts.IsEmpty ? 0 : load.Parts[part].At.TotalSeconds));
            work += seconds[i] * block.Shapes[block.ShapeOf[i]].Cpu;
            memory += load.Work[i].ByteSeconds();
        }

        double cores = options.Nodes.Sum(static node => node.Cores ?? double.PositiveInfinity);
        double bytes = options.Nodes.Sum(static node => (double)node.MemoryBytes);
        return Math.Max(chain, Math.Max(work / cores, memory / Math.Max(1, bytes)));
    }
}
