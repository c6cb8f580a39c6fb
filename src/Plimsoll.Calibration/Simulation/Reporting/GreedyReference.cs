using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Graphs;

namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>Greedy list scheduling on one machine: longest path first, true peaks known and held for life.</summary>
/// <remarks>R. Graham, "Bounds on multiprocessing timing anomalies", 1969, with memory as a second resource; whoever fits may pass.</remarks>
internal static class GreedyReference
{
    public static double Seconds(SimulatedLoad load, double cores, long bytes)
    {
        TaskBlock block = load.Block;
        int[] waits = new int[block.Count];
        ILookup<int, int> after = block.Edges.ToLookup(static edge => edge.From, static edge => edge.To);
        foreach (TaskEdge edge in block.Edges)
        {
            waits[edge.To]++;
        }

        var ready = new SortedSet<(double Order, int Task)>();
        for (int i = 0; i < block.Count; i++)
        {
            if (waits[i] == 0)
            {
                ready.Add((-block.Rank[i], i));
            }
        }

        var running = new PriorityQueue<int, double>();
        double now = 0;
        while (ready.Count > 0 || running.Count > 0)
        {
            foreach ((double Order, int Task) next in ready.ToArray())
            {
                (double claim, long peak) = (block.Shapes[block.ShapeOf[next.Task]].Cpu, load.Work[next.Task].PeakBytes);
                if (claim <= cores && peak <= bytes)
                {
                    (cores, bytes) = (cores - claim, bytes - peak);
                    ready.Remove(next);
                    running.Enqueue(next.Task, now + load.Work[next.Task].Seconds);
                }
            }

            if (!running.TryDequeue(out int ended, out double at))
            {
                return double.PositiveInfinity;
            }

            now = at;
            cores += block.Shapes[block.ShapeOf[ended]].Cpu;
            bytes += load.Work[ended].PeakBytes;
            foreach (int task in after[ended])
            {
                if (--waits[task] == 0)
                {
                    ready.Add((-block.Rank[task], task));
                }
            }
        }

        return now;
    }
}
