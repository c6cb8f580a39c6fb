using Plimsoll.Core.Graphs;

namespace Plimsoll.Plans.Graphs;

/// <summary>Rank of each task: its own expected seconds plus the longest chain behind it.</summary>
internal static class CriticalPathRank
{
    /// <summary>Linear in tasks and edges; <paramref name="order"/> is topological.</summary>
    public static float[] Compute(ReadOnlySpan<int> order, TaskEdge[] edges, ReadOnlySpan<float> seconds)
    {
        int[] starts = new int[order.Length + 1];
        foreach (TaskEdge edge in edges)
        {
            starts[edge.From + 1]++;
        }

        for (int i = 0; i < order.Length; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] targets = new int[edges.Length];
        int[] next = starts[..order.Length];
        foreach (TaskEdge edge in edges)
        {
            targets[next[edge.From]++] = edge.To;
        }

        float[] rank = new float[order.Length];
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int task = order[i];
            float longest = 0;
            foreach (int target in targets.AsSpan(starts[task]..starts[task + 1]))
            {
                longest = Math.Max(longest, rank[target]);
            }

            rank[task] = seconds[task] + longest;
        }

        return rank;
    }
}
