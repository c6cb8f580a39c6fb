using Plimsoll.Core.Capacity;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Loop;
using Plimsoll.Engine.Probes;
using Xunit;

namespace Plimsoll.Tests.Engine.Guarding;

public sealed class NodeWatchTests
{
    private readonly FakeNode node = new();

    [Fact]
    public void The_first_reading_is_there_before_the_first_decision()
    {
        using NodeWatch watch = Watch();
        Assert.Equal(FakeNode.Mib(2048), watch.Latest!.Memory.Limit);
        Assert.Contains(node.Inputs, input => input is SampleTaken);
    }

    [Fact]
    public async Task Little_free_memory_evicts_at_once_and_the_kernel_hears_why_first()
    {
        using NodeWatch watch = Watch();
        watch.Update(View(0, 1));
        node.Set(freeMebibytes: 10, FakeNode.Task(0, 900), FakeNode.Task(1, 900));
        watch.Wake();

        // Whatever else it does, somebody has to go: 10 MiB are less than a quarter of the reserve of 102 MiB.
        string? done;
        do
        {
            Assert.True(node.Done.TryTake(out done, TimeSpan.FromSeconds(30)), "nobody was evicted");
        }
        while (!done.StartsWith("evict", StringComparison.Ordinal));

        await node.ReadingsAsync(1);
        Assert.Contains(node.Inputs, input => input is GuardActed acted && acted.Actions.Any(action => action.Kind == GuardActionKind.Gate));
    }

    [Fact]
    public async Task The_largest_sum_of_all_tasks_is_kept()
    {
        using NodeWatch watch = Watch();
        node.Set(freeMebibytes: 1300, FakeNode.Task(0, 300));
        watch.Wake();
        await node.ReadingsAsync(2);
        node.Set(freeMebibytes: 1500, FakeNode.Task(0, 100));
        await node.ReadingsAsync(2);
        Assert.Equal(FakeNode.Mib(300), watch.Peak);
    }

    [Fact]
    public async Task All_tasks_together_are_limited_to_what_others_leave()
    {
        using NodeWatch watch = Watch();
        node.Set(freeMebibytes: 1000, FakeNode.Task(0, 500));
        watch.Wake();
        await node.ReadingsAsync(8);

        // Others hold 2048 - 1000 - 500; an eighth of the reserve stays with the host.
        Bytes slack = new(KernelLimits.Default.ReserveOf(FakeNode.Mib(2048)).Value / 8);
        Assert.Equal((new Bytes(FakeNode.Mib(1500).Value) - slack, slack), node.LastLimit);
    }

    private static GuardView View(params int[] ordinals) => GuardView.Empty with
    {
        Tasks = [.. ordinals.Select(ordinal => new GuardTask(
            FakeNode.Attempt(ordinal), FakeNode.Mib(900), default, true, 0, DateTimeOffset.UnixEpoch.AddSeconds(ordinal), null, null, false))],
    };

    private NodeWatch Watch() => new(
        node, node, new NodeWatchOutlets(node, new KernelClock(TimeProvider.System, DateTimeOffset.UnixEpoch), error => Assert.Fail(error.ToString())), new PressureAlarm(null));
}
