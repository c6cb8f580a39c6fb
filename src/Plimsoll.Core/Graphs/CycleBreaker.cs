using System.Collections.Immutable;

namespace Plimsoll.Core.Graphs;

/// <summary>One depth-first search that breaks every cycle it closes: at its least urgent soft edge, else at the closing edge, which is reported.</summary>
/// <remarks>
/// Rewinding is sound: a finished vertex reaches only finished vertices, so after a drop the search is in the state that it would have
/// reached in the graph without that edge.
/// </remarks>
internal sealed class CycleBreaker(int count, TaskEdge[] edges, int[]? priority, int maximumCycles)
{
    private const byte Unseen = 0;
    private const byte OnPath = 1;
    private const byte Finished = 2;

    private readonly Adjacency leaving = Adjacency.Leaving(count, edges);
    private readonly byte[] state = new byte[count];
    private readonly int[] cursor = new int[count];
    private readonly bool[] dropped = new bool[edges.Length];
    private readonly List<int> path = [];

    // The edge by which path[i + 1] was reached from path[i].
    private readonly List<int> taken = [];
    private readonly ImmutableArray<int[]>.Builder cycles = ImmutableArray.CreateBuilder<int[]>();
    private readonly SortedDictionary<int, int[]> droppedSoft = [];

    public CycleResolution Resolve()
    {
        for (int root = 0; root < count && cycles.Count < maximumCycles; root++)
        {
            if (state[root] == Unseen)
            {
                Enter(root);
                while (path.Count > 0 && cycles.Count < maximumCycles)
                {
                    Step();
                }
            }
        }

        TaskEdge[] left = droppedSoft.Count == 0 ? edges : [.. edges.Where((_, index) => !(dropped[index] && edges[index].Soft))];
        return new CycleResolution(left, [.. droppedSoft.Keys], [.. droppedSoft.Values], cycles.ToImmutable());
    }

    private void Step()
    {
        int vertex = path[^1];
        if (cursor[vertex] == leaving.Starts[vertex + 1])
        {
            Leave(Finished);
            return;
        }

        int edge = leaving.Edges[cursor[vertex]++];
        if (dropped[edge])
        {
            return;
        }

        int to = edges[edge].To;
        if (state[to] == Unseen)
        {
            taken.Add(edge);
            Enter(to);
        }
        else if (state[to] == OnPath)
        {
            Break(edge, path.LastIndexOf(to));
        }
    }

    private void Enter(int vertex)
    {
        state[vertex] = OnPath;
        cursor[vertex] = leaving.Starts[vertex];
        path.Add(vertex);
    }

    private void Leave(byte next)
    {
        state[path[^1]] = next;
        path.RemoveAt(path.Count - 1);
        if (taken.Count > 0)
        {
            taken.RemoveAt(taken.Count - 1);
        }
    }

    private void Break(int closing, int first)
    {
        int victim = edges[closing].Soft ? closing : -1;
        int keep = path.Count;
        for (int i = first; i < taken.Count; i++)
        {
            if (edges[taken[i]].Soft && (victim < 0 || IsLessUrgent(taken[i], victim)))
            {
                victim = taken[i];
                keep = i + 1;
            }
        }

        if (victim < 0)
        {
            cycles.Add([.. path.Skip(first)]);
            dropped[closing] = true;
            return;
        }

        dropped[victim] = true;
        droppedSoft.Add(victim, [.. path.Skip(first)]);
        while (path.Count > keep)
        {
            Leave(Unseen);
        }
    }

    private bool IsLessUrgent(int edge, int than)
    {
        int mine = PriorityOf(edge), other = PriorityOf(than);
        return mine < other || (mine == other && edge > than);
    }

    private int PriorityOf(int edge) => priority is { Length: > 0 } ? priority[edges[edge].To] : 0;
}
