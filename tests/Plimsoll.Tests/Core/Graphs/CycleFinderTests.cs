using Plimsoll.Core.Graphs;
using Xunit;

namespace Plimsoll.Tests.Core.Graphs;

public sealed class CycleFinderTests
{
    [Fact]
    public void A_whole_cycle_is_returned_in_order()
    {
        TaskEdge[] edges = [new(0, 1, false), new(1, 2, false), new(2, 3, true), new(3, 1, false), new(3, 4, false)];

        int[]? cycle = CycleFinder.Find(5, edges);

        Assert.NotNull(cycle);
        Assert.Equal([1, 2, 3], cycle.Order());
        for (int i = 0; i < cycle.Length; i++)
        {
            Assert.Contains(edges, edge => edge.From == cycle[i] && edge.To == cycle[(i + 1) % cycle.Length]);
        }
    }

    [Fact]
    public void A_task_that_needs_itself_is_a_cycle_of_one() =>
        Assert.Equal([2], CycleFinder.Find(3, [new TaskEdge(2, 2, false)])!);

    [Fact]
    public void A_million_tasks_in_one_ring_are_found_without_recursion()
    {
        const int Count = 1_000_000;
        TaskEdge[] ring = [.. Enumerable.Range(0, Count).Select(i => new TaskEdge(i, (i + 1) % Count, false))];

        Assert.Equal(Count, CycleFinder.Find(Count, ring)!.Length);
        Assert.Null(CycleFinder.Find(Count, ring.AsSpan(1)));
    }

    [Fact]
    public void The_soft_edge_with_the_lowest_priority_is_dropped()
    {
        TaskEdge[] edges = [new(0, 1, true), new(1, 2, true), new(2, 0, true)];

        CycleResolution resolution = CycleFinder.Resolve(3, edges, [5, 9, 3]);

        // Edge 1 ends in task 2, the one with the lowest priority.
        Assert.Equal([1], resolution.Dropped);
        Assert.Empty(resolution.HardCycles);
        Assert.Equal([edges[0], edges[2]], resolution.Edges);
    }

    [Fact]
    public void Hard_cycles_are_reported_and_soft_ones_beside_them_resolved()
    {
        TaskEdge[] edges = [new(0, 1, false), new(1, 0, false), new(2, 3, false), new(3, 2, true), new(4, 5, false), new(5, 4, false)];

        CycleResolution resolution = CycleFinder.Resolve(6, edges, default);

        Assert.Equal([3], resolution.Dropped);
        Assert.Equal(2, resolution.HardCycles.Length);
    }

    [Fact]
    public void Random_graphs_without_hard_cycles_become_acyclic_and_lose_only_soft_edges_of_cycles()
    {
        for (int seed = 0; seed < Support.TestLevel.Count(300, 3000, 30000); seed++)
        {
            var random = new Random(seed);
            int count = random.Next(1, 12);
            var edges = new List<TaskEdge>();
            for (int i = random.Next(0, 30); i > 0; i--)
            {
                int from = random.Next(count), to = random.Next(count);
                edges.Add(new TaskEdge(from, to, from >= to || random.Next(3) == 0));
            }

            CycleResolution resolution = CycleFinder.Resolve(count, edges.ToArray(), default);

            Assert.Empty(resolution.HardCycles);
            Assert.Null(CycleFinder.Find(count, resolution.Edges));
            Assert.All(resolution.Dropped, index => Assert.True(edges[index].Soft));
            Assert.Equal(edges.Count, resolution.Edges.Length + resolution.Dropped.Length);
            if (CycleFinder.Find(count, edges.ToArray()) is null)
            {
                Assert.Empty(resolution.Dropped);
            }
        }
    }
}
