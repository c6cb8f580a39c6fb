namespace Plimsoll.Core.Graphs;

/// <summary>Critical-path ranks of a task graph.</summary>
public static class CriticalPath
{
    /// <summary>Rank of each task in seconds: its own expected duration plus that of the longest chain of tasks that come after it.</summary>
    /// <remarks>
    /// The upward rank without communication of H. Topcuoglu, S. Hariri, M.-Y. Wu, "Performance-effective and low-complexity task scheduling for
    /// heterogeneous computing", IEEE TPDS 13(3), 2002. O(V + E), no recursion.
    /// </remarks>
    /// <param name="count">Number of tasks.</param>
    /// <param name="edges">Hard and soft edges alike.</param>
    /// <param name="expectedSeconds">Expected duration of each task, at least 0.</param>
    /// <exception cref="ArgumentException">The edges have a cycle; see <see cref="CycleFinder"/>.</exception>
    public static float[] Rank(int count, ReadOnlySpan<TaskEdge> edges, ReadOnlySpan<float> expectedSeconds)
    {
        Adjacency before = Adjacency.Entering(count, edges);
        int[] waits = new int[count];
        foreach (TaskEdge edge in edges)
        {
            waits[edge.From]++;
        }

        int[] order = new int[count];
        int last = 0;
        for (int i = 0; i < count; i++)
        {
            if (waits[i] == 0)
            {
                order[last++] = i;
            }
        }

        float[] rank = new float[count];
        for (int next = 0; next < last; next++)
        {
            int task = order[next];
            rank[task] += expectedSeconds[task];
            foreach (int edge in before.Of(task))
            {
                int from = edges[edge].From;
                rank[from] = Math.Max(rank[from], rank[task]);
                if (--waits[from] == 0)
                {
                    order[last++] = from;
                }
            }
        }

        return last == count ? rank : throw new ArgumentException("The edges have a cycle.", nameof(edges));
    }

    /// <summary>The ranks of a block once durations of classes are known; a class that is not known keeps what the block was made with.</summary>
    /// <param name="learned">Expected duration of a task of a class; null = not known.</param>
    /// <returns>Null when no class of the block is known.</returns>
    public static float[]? Rank(TaskBlock block, Func<string, TimeSpan?> learned)
    {
        float?[] known = [.. block.Shapes.Select(shape => (float?)learned(shape.Class)?.TotalSeconds)];
        if (Array.TrueForAll(known, static seconds => seconds is null))
        {
            return null;
        }

        // What a rank holds beyond the longest chain behind it is the task's own part.
        float[] behind = new float[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            behind[edge.From] = Math.Max(behind[edge.From], block.Rank[edge.To]);
        }

        float[] seconds = new float[block.Count];
        for (int i = 0; i < seconds.Length; i++)
        {
            seconds[i] = known[block.ShapeOf[i]] ?? Math.Max(0, block.Rank[i] - behind[i]);
        }

        return Rank(block.Count, block.Edges, seconds);
    }
}
