using Plimsoll.Core.Graphs;

namespace Plimsoll.Plans.Graphs;

/// <summary>Takes tasks off in topological order (Kahn, CACM 5(11), 1962); where that stops, finds a cycle and asks which edge to drop.</summary>
internal sealed class CycleBreaker
{
    private readonly TaskEdge[] edges;
    private readonly int[] outgoing;
    private readonly int[] incoming;
    private readonly int[] outgoingStart;
    private readonly int[] incomingStart;
    private readonly int[] pending;
    private readonly bool[] dropped;
    private readonly bool[] done;
    private readonly int[] order;
    private int ordered;

    public CycleBreaker(int count, TaskEdge[] edges, Predicate<TaskEdge> include)
    {
        this.edges = edges;
        dropped = new bool[edges.Length];
        done = new bool[count];
        order = new int[count];
        pending = new int[count];
        outgoingStart = new int[count + 1];
        incomingStart = new int[count + 1];
        for (int i = 0; i < edges.Length; i++)
        {
            dropped[i] = !include(edges[i]);
            if (!dropped[i])
            {
                outgoingStart[edges[i].From + 1]++;
                incomingStart[edges[i].To + 1]++;
                pending[edges[i].To]++;
            }
        }

        for (int i = 0; i < count; i++)
        {
            outgoingStart[i + 1] += outgoingStart[i];
            incomingStart[i + 1] += incomingStart[i];
        }

        outgoing = new int[outgoingStart[count]];
        incoming = new int[incomingStart[count]];
        int[] nextOut = outgoingStart[..count];
        int[] nextIn = incomingStart[..count];
        for (int i = 0; i < edges.Length; i++)
        {
            if (!dropped[i])
            {
                outgoing[nextOut[edges[i].From]++] = i;
                incoming[nextIn[edges[i].To]++] = i;
            }
        }
    }

    /// <summary>Tasks in an order in which every edge points forward; complete after <see cref="TryOrder"/> returned true.</summary>
    public ReadOnlySpan<int> Order => order.AsSpan(0, ordered);

    public bool IsDropped(int edge) => dropped[edge];

    /// <summary>Orders the graph. <paramref name="choose"/> gets the edges of each cycle found and returns the one to drop, or null to give up.</summary>
    public bool TryOrder(Func<IReadOnlyList<int>, int?> choose)
    {
        for (int task = 0; task < pending.Length; task++)
        {
            if (pending[task] == 0 && !done[task])
            {
                TakeOff(task);
            }
        }

        int candidate = 0;
        while (ordered < order.Length)
        {
            while (done[candidate])
            {
                candidate++;
            }

            if (choose(CycleBefore(candidate)) is not { } victim)
            {
                return false;
            }

            dropped[victim] = true;
            if (--pending[edges[victim].To] == 0)
            {
                TakeOff(edges[victim].To);
            }
        }

        return true;
    }

    private void TakeOff(int first)
    {
        int head = ordered;
        done[first] = true;
        order[ordered++] = first;
        while (head < ordered)
        {
            int task = order[head++];
            for (int i = outgoingStart[task]; i < outgoingStart[task + 1]; i++)
            {
                int edge = outgoing[i];
                int target = edges[edge].To;
                if (!dropped[edge] && --pending[target] == 0)
                {
                    done[target] = true;
                    order[ordered++] = target;
                }
            }
        }
    }

    // Every task that is left has a predecessor that is left, so walking back must come round.
    private List<int> CycleBefore(int task)
    {
        Dictionary<int, int> positions = [];
        List<int> path = [];
        while (positions.TryAdd(task, path.Count))
        {
            int i = incomingStart[task];
            while (dropped[incoming[i]] || done[edges[incoming[i]].From])
            {
                i++;
            }

            path.Add(incoming[i]);
            task = edges[incoming[i]].From;
        }

        path.RemoveRange(0, positions[task]);
        path.Reverse();
        return path;
    }
}
