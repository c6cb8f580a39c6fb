namespace Plimsoll.Core.Graphs;

/// <summary>Finds a cycle in a task graph.</summary>
public static class CycleFinder
{
    /// <summary>One whole cycle: tasks in order, each with an edge to the next and the last with one to the first; null when there is none.</summary>
    /// <remarks>O(V + E), no recursion. An edge from a task to itself is a cycle of one.</remarks>
    public static int[]? Find(int count, ReadOnlySpan<TaskEdge> edges)
    {
        TaskEdge[] hard = edges.ToArray();
        for (int i = 0; i < hard.Length; i++)
        {
            hard[i] = hard[i] with { Soft = false };
        }

        CycleResolution found = new CycleBreaker(count, hard, default, maximumCycles: 1).Resolve();
        return found.HardCycles is [int[] cycle, ..] ? cycle : null;
    }

    /// <summary>Drops the soft edge with the lowest priority on each cycle and reports the cycles that have none.</summary>
    /// <remarks>
    /// The priority of a soft edge is that of the task that waits (its <c>To</c>): the more urgent one keeps its order. Among equals the edge written last goes.
    /// One depth-first search; a drop rewinds it to the edge's start instead of searching anew.
    /// </remarks>
    /// <param name="priority">Priority of each task; empty means all equal.</param>
    /// <param name="maximumCycles">Stops after this many hard cycles; each is reported with different closing edges.</param>
    public static CycleResolution Resolve(int count, ReadOnlySpan<TaskEdge> edges, ReadOnlySpan<int> priority, int maximumCycles = 10) =>
        new CycleBreaker(count, edges.ToArray(), priority.ToArray(), maximumCycles).Resolve();
}
