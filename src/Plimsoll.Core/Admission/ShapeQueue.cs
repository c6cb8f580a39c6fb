using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;

namespace Plimsoll.Core.Admission;

/// <summary>The ready tasks of one shape: a heap in the order of starting, of which admission sees the head only.</summary>
internal sealed class ShapeQueue(int id, ShapeKey key, ClassState owner, RunQueue run, int[] locks, ReadyOrder order)
{
    private int[] heap = [];

    public int Id { get; } = id;

    public TaskShape Shape { get; } = key.Shape;

    /// <summary>What is set aside for tasks that ran short before; null for all others.</summary>
    public RaisedNeed? Raised { get; } = key.Raised;

    public RunQueue Run { get; } = run;

    public ClassState Class { get; } = owner;

    /// <summary>Ids in the lock table, one per claim.</summary>
    public int[] Locks { get; } = locks;

    /// <summary>Bits of the labels its node must have.</summary>
    public ulong Labels { get; init; }

    public long MilliCores { get; } = (long)Math.Round(key.Shape.Cpu * 1000);

    public bool IsExclusive => Shape.Exclusive || Raised is { Exclusive: true };

    /// <summary>What an attempt is reckoned with; changed only while the shape is outside the candidate index.</summary>
    public Footprint Footprint { get; set; }

    /// <summary>Its tree in the candidate index; changed together with <see cref="Footprint"/>.</summary>
    public CandidateKey Key { get; set; }

    /// <summary>Memory that has to be free for a start: its settled level. One that was raised to the whole node gets what there is.</summary>
    public long NeedBytes => Raised is { Exclusive: true } ? 0 : Footprint.Settled;

    public ShapePlace Place { get; set; }

    /// <summary>The lock it sleeps at, or -1.</summary>
    public int SleepsAt { get; set; } = -1;

    /// <summary>Its place among sleepers, 0 when it has none; kept until one of its tasks is admitted.</summary>
    public long Ticket { get; set; }

    /// <summary>Since when locks alone have kept its tasks from starting, as far as was looked; for people, it decides nothing.</summary>
    public DateTimeOffset? SleepsSince { get; set; }

    public int SleepingPriority { get; set; }

    /// <summary>Turn in which it was last woken from a lock, and how often then: a guard against waking for ever.</summary>
    public long WokenTurn { get; set; }

    public int Wakes { get; set; }

    /// <summary>Position in the list of shapes that have ready tasks, or -1.</summary>
    public int ActiveIndex { get; set; } = -1;

    /// <summary>Node of the candidate index.</summary>
    public ShapeQueue? Left { get; set; }

    public ShapeQueue? Right { get; set; }

    /// <summary>The first in order of this node and everything below it.</summary>
    public ShapeQueue? First { get; set; }

    public int Count { get; private set; }

    public int Head => heap[0];

    public ReadOnlySpan<int> Ready => heap.AsSpan(0, Count);

    /// <summary>Since when the next task waits for locks: since it is ready, and never longer than locks have stood in the way of its shape.</summary>
    public DateTimeOffset WaitsSince(DateTimeOffset now)
    {
        var ready = new DateTimeOffset(order.Tasks.ReadyAt[Head], TimeSpan.Zero);
        return SleepsSince is not { } sleeps ? now : sleeps > ready ? sleeps : ready;
    }

    public void Push(int handle)
    {
        if (Count == heap.Length)
        {
            Array.Resize(ref heap, Math.Max(1, Count * 2));
        }

        Set(Count, handle);
        Rise(Count++);
    }

    public void Remove(int handle)
    {
        int index = order.Tasks.HeapIndex[handle];
        order.Tasks.HeapIndex[handle] = -1;
        int moved = heap[--Count];
        if (moved != handle)
        {
            Set(index, moved);
            Rise(index);
            Sink(order.Tasks.HeapIndex[moved]);
        }
    }

    private void Set(int index, int handle)
    {
        heap[index] = handle;
        order.Tasks.HeapIndex[handle] = index;
        order.Tasks.Touched++;
    }

    private void Rise(int index)
    {
        int handle = heap[index];
        while (index > 0 && order.IsBefore(handle, heap[(index - 1) / 2]))
        {
            Set(index, heap[(index - 1) / 2]);
            index = (index - 1) / 2;
        }

        Set(index, handle);
    }

    private void Sink(int index)
    {
        int handle = heap[index];
        for (int child = (2 * index) + 1; child < Count; child = (2 * index) + 1)
        {
            if (child + 1 < Count && order.IsBefore(heap[child + 1], heap[child]))
            {
                child++;
            }

            if (!order.IsBefore(heap[child], handle))
            {
                break;
            }

            Set(index, heap[child]);
            index = child;
        }

        Set(index, handle);
    }
}
