namespace Plimsoll.Watch.Forecasts;

/// <summary>Schedules what is left of a graph on places that are all alike.</summary>
internal static class ChainSchedule
{
    /// <summary>By task: what is left of it and of the longest chain behind it. O(tasks + edges).</summary>
    public static double[] Chains(GraphOutlook graph, double[] left)
    {
        (int[] first, int[] to, _) = Rows(graph);
        int[] order = Order(first, to);
        double[] chain = new double[left.Length];
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int task = order[i];
            double behind = 0;
            for (int e = first[task]; e < first[task + 1]; e++)
            {
                behind = Math.Max(behind, chain[to[e]]);
            }

            chain[task] = left[task] + behind;
        }

        return chain;
    }

    /// <summary>Seconds until the last has ended; running ones keep their place. O((tasks + edges) log tasks).</summary>
    public static double Makespan(GraphOutlook graph, double[] left, double[] chain, int places)
    {
        (int[] first, int[] to, int[] needs) = Rows(graph);
        var ready = new PriorityQueue<int, (int Priority, double Chain)>(Comparer<(int Priority, double Chain)>.Create(static (a, b) => a.Priority != b.Priority ? b.Priority.CompareTo(a.Priority) : b.Chain.CompareTo(a.Chain)));
        var ends = new PriorityQueue<int, double>();
        double now = 0;
        int busy = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (graph.State[i] == TaskOutlook.Running)
            {
                ends.Enqueue(i, left[i]);
                busy++;
            }
            else if (needs[i] == 0 && graph.State[i] == TaskOutlook.Open)
            {
                ready.Enqueue(i, (graph.Priority[i], chain[i]));
            }
        }

        while (true)
        {
            while (busy < places && ready.TryDequeue(out int task, out _))
            {
                ends.Enqueue(task, now + left[task]);
                busy++;
            }

            if (!ends.TryDequeue(out int ended, out double at))
            {
                return now;
            }

            now = at;
            busy--;
            for (int e = first[ended]; e < first[ended + 1]; e++)
            {
                if (--needs[to[e]] == 0 && graph.State[to[e]] == TaskOutlook.Open)
                {
                    ready.Enqueue(to[e], (graph.Priority[to[e]], chain[to[e]]));
                }
            }
        }
    }

    /// <summary>Edges by their beginning, and how many open needs each task has.</summary>
    private static (int[] First, int[] To, int[] Needs) Rows(GraphOutlook graph)
    {
        int count = graph.Seconds.Length;
        int[] first = new int[count + 1];
        foreach ((int from, _) in graph.Edges)
        {
            first[from + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            first[i + 1] += first[i];
        }

        int[] to = new int[graph.Edges.Count];
        int[] needs = new int[count];
        int[] next = [.. first];
        foreach ((int from, int target) in graph.Edges)
        {
            to[next[from]++] = target;
            needs[target] += graph.State[from] == TaskOutlook.Ended ? 0 : 1;
        }

        return (first, to, needs);
    }

    private static int[] Order(int[] first, int[] to)
    {
        int count = first.Length - 1;
        int[] pending = new int[count];
        foreach (int target in to)
        {
            pending[target]++;
        }

        var order = new List<int>(count);
        for (int i = 0; i < count; i++)
        {
            if (pending[i] == 0)
            {
                order.Add(i);
            }
        }

        for (int i = 0; i < order.Count; i++)
        {
            for (int e = first[order[i]]; e < first[order[i] + 1]; e++)
            {
                if (--pending[to[e]] == 0)
                {
                    order.Add(to[e]);
                }
            }
        }

        return [.. order];
    }
}
