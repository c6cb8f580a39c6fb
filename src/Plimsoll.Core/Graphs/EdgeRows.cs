namespace Plimsoll.Core.Graphs;

/// <summary>The neighbours of each task of a block in compressed sparse rows; an entry is the neighbour's index x 2, plus 1 for a soft edge.</summary>
internal sealed class EdgeRows
{
    private readonly int[] starts;
    private readonly int[] entries;

    private EdgeRows(int[] starts, int[] entries)
    {
        this.starts = starts;
        this.entries = entries;
    }

    /// <summary>Rows of what comes after each task.</summary>
    public static EdgeRows After(int count, TaskEdge[] edges) => Build(count, edges, after: true);

    /// <summary>Rows of what each task waits for.</summary>
    public static EdgeRows Before(int count, TaskEdge[] edges) => Build(count, edges, after: false);

    public static int Neighbour(int entry) => entry >> 1;

    public static bool IsSoft(int entry) => (entry & 1) != 0;

    public ReadOnlySpan<int> Of(int index) => entries.AsSpan(starts[index], starts[index + 1] - starts[index]);

    private static EdgeRows Build(int count, TaskEdge[] edges, bool after)
    {
        int[] offsets = new int[count + 1];
        foreach (TaskEdge edge in edges)
        {
            offsets[(after ? edge.From : edge.To) + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            offsets[i + 1] += offsets[i];
        }

        int[] next = offsets.AsSpan(0, count).ToArray();
        int[] sorted = new int[edges.Length];
        foreach (TaskEdge edge in edges)
        {
            int row = after ? edge.From : edge.To;
            int neighbour = after ? edge.To : edge.From;
            sorted[next[row]++] = (neighbour << 1) | (edge.Soft ? 1 : 0);
        }

        return new EdgeRows(offsets, sorted);
    }
}
