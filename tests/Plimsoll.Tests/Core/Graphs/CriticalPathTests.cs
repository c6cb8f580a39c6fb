using Plimsoll.Core.Graphs;
using Plimsoll.Tests.Core.Simulation;
using Xunit;

namespace Plimsoll.Tests.Core.Graphs;

public sealed class CriticalPathTests
{
    [Fact]
    public void A_rank_is_the_own_duration_plus_the_longest_chain_after_it()
    {
        TaskEdge[] edges = [new(0, 1, false), new(0, 2, true), new(1, 3, false), new(2, 3, false)];

        Assert.Equal([1 + 10 + 4, 10 + 4, 3 + 4, 4], CriticalPath.Rank(4, edges, [1, 10, 3, 4]));
    }

    [Fact]
    public void Learned_durations_replace_those_of_their_class_and_leave_the_others()
    {
        TaskBlock block = new BlockBuilder()
            .Task("a", BlockBuilder.Shape("unknown"), seconds: 2)
            .Task("b", BlockBuilder.Shape("known"), needs: ["a"], seconds: 1)
            .Task("c", BlockBuilder.Shape("unknown"), needs: ["b"], seconds: 5)
            .Task("d", BlockBuilder.Shape("known"), seconds: 1)
            .Build();

        Assert.Equal([2 + 30 + 5, 30 + 5, 5, 30], CriticalPath.Rank(block, name => name == "known" ? TimeSpan.FromSeconds(30) : null)!);
        Assert.Null(CriticalPath.Rank(block, static _ => null));
    }

    [Fact]
    public void A_cycle_is_refused() =>
        Assert.Throws<ArgumentException>(() => CriticalPath.Rank(2, [new TaskEdge(0, 1, false), new TaskEdge(1, 0, true)], [1, 1]));
}
