namespace Plimsoll.Core.Graphs;

/// <summary>Edges of a graph in compressed sparse rows: the edges that leave (or enter) each vertex, beside each other.</summary>
/// <remarks>An entry of <see cref="Edges"/> is the index of an edge in the list it was built from. Built in O(V + E) by a counting sort that keeps their order.</remarks>
internal sealed class Adjacency
{
    private Adjacency(int[] starts, int[] edges)
    {
        Starts = starts;
        Edges = edges;
    }

    /// <summary>V + 1 positions: the edges of vertex v are those from Starts[v] up to Starts[v + 1].</summary>
    public int[] Starts { get; }

    public int[] Edges { get; }

    public static Adjacency Leaving(int count, ReadOnlySpan<TaskEdge> edges) => Build(count, edges, entering: false);

    public static Adjacency Entering(int count, ReadOnlySpan<TaskEdge> edges) => Build(count, edges, entering: true);

    public ReadOnlySpan<int> Of(int vertex) => Edges.AsSpan(Starts[vertex], Starts[vertex + 1] - Starts[vertex]);

    private static Adjacency Build(int count, ReadOnlySpan<TaskEdge> edges, bool entering)
    {
        int[] starts = new int[count + 1];
        foreach (TaskEdge edge in edges)
        {
            starts[(entering ? edge.To : edge.From) + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = starts.AsSpan(0, count).ToArray();
        int[] sorted = new int[edges.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            sorted[next[entering ? edges[i].To : edges[i].From]++] = i;
        }

        return new Adjacency(starts, sorted);
    }
}
