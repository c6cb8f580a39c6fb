using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>Takes the picture that progress views show.</summary>
internal sealed class Snapshots(KernelState state, DateTimeOffset now)
{
    private readonly Dictionary<RunId, double> remainingSeconds = [];

    public KernelSnapshot Take(int waiting)
    {
        ImmutableArray<WaitingSnapshot> line = [.. FirstInLine(waiting).Select(Waiting)];
        ImmutableArray<LiveSnapshot> live = [.. state.Nodes.Live.Select(Live)];
        foreach (ShapeQueue shape in state.Queues.Active)
        {
            Remains(shape.Head, TimeSpan.Zero);
        }

        foreach (int handle in state.Retrying.Keys)
        {
            Remains(handle, TimeSpan.Zero);
        }

        return new KernelSnapshot(now, [.. state.Runs.All.Select(Run)], live, line, state.IntakePaused);
    }

    /// <summary>The same without live attempts and remaining paths: O(shapes that have ready tasks + <paramref name="waiting"/>).</summary>
    public KernelSnapshot TakeLine(int waiting) =>
        new(now, [.. state.Runs.All.Select(Run)], [], [.. FirstInLine(waiting).Select(Waiting)], state.IntakePaused);

    /// <summary>The first ready tasks in order over all shapes; then, if there is room, tasks in backoff.</summary>
    private List<int> FirstInLine(int count)
    {
        ReadyOrder order = state.Queues.Order;
        var heap = new PriorityQueue<(ShapeQueue Shape, int Index), int>(
            Comparer<int>.Create((left, right) => left == right ? 0 : order.IsBefore(left, right) ? -1 : 1));
        foreach (ShapeQueue shape in state.Queues.Active)
        {
            heap.Enqueue((shape, 0), shape.Head);
        }

        var line = new List<int>();
        while (line.Count < count && heap.TryDequeue(out (ShapeQueue Shape, int Index) next, out int handle))
        {
            line.Add(handle);
            for (int child = (2 * next.Index) + 1; child <= (2 * next.Index) + 2 && child < next.Shape.Count; child++)
            {
                heap.Enqueue((next.Shape, child), next.Shape.Ready[child]);
            }
        }

        line.AddRange(state.Retrying.Keys.Take(count - line.Count));
        return line;
    }

    private WaitingSnapshot Waiting(int handle) =>
        new(state.Tasks.Id(handle), state.Tasks.Name(handle), new Explainer(state, now).Reasons(handle)[0]);

    private LiveSnapshot Live(AttemptLease live)
    {
        Remains(live.Handle, now - live.Began);
        string name = state.Tasks.Name(live.Handle);
        return new LiveSnapshot(live.Attempt, name, live.AdmittedAt, live.StartedAt, new Bytes(live.ReservedBytes), live.Kill is not null)
        {
            Class = live.Shape.Class.Name,
            Measured = new Bytes(live.MeasuredBytes),
            Held = new Bytes(live.HeldBytes),
            Settled = new Bytes(live.Footprint.Settled),
            Burst = new Bytes(live.Footprint.Burst),
            IsFrozen = live.FrozenSince is not null,
            IsLease = live.Shape.Shape.Lease is not null,
        };
    }

    private void Remains(int handle, TimeSpan elapsed)
    {
        RunId run = state.Tasks.Run(handle).Id;
        double seconds = Math.Max(0, state.Tasks.Rank[handle] - Math.Max(0, elapsed.TotalSeconds));
        remainingSeconds[run] = Math.Max(remainingSeconds.GetValueOrDefault(run), seconds);
    }

    private RunSnapshot Run(RunState run)
    {
        TimeSpan remaining = TimeSpan.FromSeconds(Math.Min(remainingSeconds.GetValueOrDefault(run.Id), TimeSpan.MaxValue.TotalSeconds / 2));
        return new RunSnapshot(run.Id, run.Name, [.. run.Counts], run.Sealed, run.Cancelled, run.Finished, remaining);
    }
}
