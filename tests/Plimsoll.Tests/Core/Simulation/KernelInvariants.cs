using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Xunit;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>What must hold after every turn, whatever was asked of the kernel.</summary>
internal sealed class KernelInvariants(VirtualFleet fleet)
{
    private readonly KernelState state = fleet.Kernel.State;
    private long lastFence;

    public void Check(Turn turn)
    {
        Fences(turn);
        Capacity(turn);
        Locks();
        Tasks();
    }

    private void Fences(Turn turn)
    {
        foreach (AttemptAdmitted admitted in turn.Facts.OfType<AttemptAdmitted>())
        {
            Assert.True(admitted.Attempt.Fence > lastFence, "fences must strictly increase");
            lastFence = admitted.Attempt.Fence;
        }

        Assert.Equal(state.Node.Live.Count, state.Node.Live.Select(live => live.Handle).Distinct().Count());
        Assert.All(state.Node.Live, live => Assert.True(state.Tasks.State(live.Handle).IsLive()));
    }

    private void Capacity(Turn turn)
    {
        long held = state.Node.Live.Sum(live => live.HeldBytes);
        Assert.Equal(held, state.Node.HeldBytes);
        Assert.Equal(state.Node.Live.Where(live => live.Awaited).Sum(live => live.HeldBytes), state.Node.AwaitedBytes);
        Assert.Equal(state.Node.Live.Count(live => live is { Unsettled: true, IsProbe: true, Shape.Class.IsFresh: true }), state.Node.FreshProbes);
        Assert.Equal(state.Node.Live.Count(live => live is { Unsettled: true, IsProbe: false }), state.Node.HeavyStarts);
        if (!turn.Facts.Any(fact => fact is AttemptAdmitted))
        {
            return;
        }

        Assert.True(held <= state.EmptyRoomBytes, $"{held} bytes are held, {state.EmptyRoomBytes} are there");
        Assert.True(state.Node.Live.Sum(live => live.Shape.MilliCores) <= state.MilliCores, "more cores are claimed than there are");
        Assert.True(state.Node.Live.Count <= ConcurrencyRule.Limit(state.Limits, state.Node.Sample), "more tasks run than the policy allows");
        Assert.True(state.Node.Live.Count <= 1 || !state.Node.Live.Exists(live => live.Shape.IsExclusive), "an exclusive task is not alone");
        Assert.False(state.IntakePaused && turn.Facts.OfType<AttemptAdmitted>().Any(), "a task was started while intake is paused");
    }

    private void Locks()
    {
        var claims = state.Node.Live.SelectMany(live => live.Shape.Shape.Locks).ToLookup(claim => claim.Name, StringComparer.Ordinal);
        foreach (LockState fed in state.Locks.All.Where(held => held.Kind == LockKind.Quota))
        {
            Assert.Equal(claims[fed.Name].Count(claim => claim.Mode == LockMode.Fed), fed.UnitsTaken);
        }

        foreach (LockState drawn in state.Locks.All.Where(held => held.Kind == LockKind.Limit))
        {
            Assert.True(drawn.Limit is null || drawn.Limit.Level(fleet.Now) >= 0, $"more was taken from {drawn.Name} than it allows");
        }

        foreach (LockState held in state.Locks.All.Where(held => held.Kind == LockKind.Held))
        {
            int exclusive = claims[held.Name].Count(claim => claim.Mode == LockMode.Exclusive);
            int shared = claims[held.Name].Count(claim => claim.Mode == LockMode.Shared);
            int units = claims[held.Name].Where(claim => claim.Mode == LockMode.Counted).Sum(claim => claim.Units);
            Assert.Equal((exclusive, shared, units), (held.ExclusiveHolders, held.SharedHolders, held.UnitsTaken));
            Assert.True(exclusive <= 1 && (exclusive == 0 || (shared == 0 && units == 0)) && (shared == 0 || units == 0), held.Name);
            Assert.True(units <= 3, "the largest number of units any test gives");
        }
    }

    private void Tasks()
    {
        TaskTable tasks = state.Tasks;
        foreach (RunState run in state.Runs.All)
        {
            Assert.Equal(run.Total, run.Counts.ToArray().Sum());
        }

        for (int handle = 0; handle < tasks.Count; handle++)
        {
            TaskState at = tasks.State(handle);
            if (at == TaskState.Waiting)
            {
                Assert.Equal(Pending(handle), tasks.Pending[handle]);
            }

            Assert.Equal(at == TaskState.Ready, tasks.HeapIndex[handle] >= 0);
            if (!at.HasEnded() && at != TaskState.Running)
            {
                Assert.NotEmpty(fleet.Kernel.Explain(tasks.Id(handle), fleet.Now).Reasons);
            }
        }
    }

    private int Pending(int handle)
    {
        int pending = 0;
        foreach (int entry in state.Tasks.Before(handle, out int first))
        {
            pending += state.Tasks.State(first + EdgeRows.Neighbour(entry)).HasEnded() ? 0 : 1;
        }

        return pending;
    }
}
