using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Graphs;

/// <summary>All tasks as a struct of arrays; a task is the integer handle of its row.</summary>
/// <remarks>Rows are appended, or put where those of forgotten runs were. State is written through <see cref="Move"/> alone, so that the counts of the runs agree.</remarks>
internal sealed class TaskTable
{
    private readonly List<TaskSegment?> segments = []; // null where a forgotten one was
    private readonly Stack<int> vacant = new(); // such places
    private readonly RowRanges free = new();
    private long[] ids = [];
    private TaskState[] states = [];
    private int[] segmentOf = [];

    /// <summary>Rows in use and free ones among them.</summary>
    public int Count { get; private set; }

    /// <summary>Rows looked at since the start: tests prove with it that no turn scans the table.</summary>
    public long Touched { get; set; }

    public TaskFlags[] Flags { get; private set; } = [];

    public int[] Priority { get; private set; } = [];

    public float[] Rank { get; private set; } = [];

    /// <summary>Index in the shape table.</summary>
    public int[] Shape { get; private set; } = [];

    /// <summary>Index in the list of policies.</summary>
    public int[] Policy { get; private set; } = [];

    /// <summary>While a task waits: needs that have not ended.</summary>
    public int[] Pending { get; private set; } = [];

    /// <summary>Position in the heap of its shape, or -1.</summary>
    public int[] HeapIndex { get; private set; } = [];

    /// <summary>Number of its last attempt, 0 before the first.</summary>
    public int[] Number { get; private set; } = [];

    /// <summary>Attempts used up since it was submitted or put back by hand.</summary>
    public byte[] Spent { get; private set; } = [];

    public byte[] Losses { get; private set; } = [];

    public byte[] Evictions { get; private set; } = [];

    /// <summary>Ticks (UTC) at which a ready task became ready.</summary>
    public long[] ReadyAt { get; private set; } = [];

    /// <summary>Time of the turn or fact that is being taken, in ticks (UTC); set by whoever takes it.</summary>
    public long Now { get; set; }

    public TaskState State(int handle) => states[handle];

    public TaskId Id(int handle) => new(ids[handle]);

    public long Age(int handle) => ids[handle];

    /// <summary>Priority less the hour in which the task was added.</summary>
    public long AgedPriority(int handle) => (long)Priority[handle] - Segment(handle).AddedInHour;

    public RunState Run(int handle) => Segment(handle).Run;

    public string Name(int handle) => Segment(handle).NameOf(handle);

    /// <summary>Entries of <see cref="EdgeRows"/>; add <paramref name="first"/> to a neighbour to get its handle.</summary>
    public ReadOnlySpan<int> After(int handle, out int first)
    {
        TaskSegment segment = Segment(handle);
        first = segment.FirstHandle;
        return segment.After.Of(handle - first);
    }

    /// <inheritdoc cref="After"/>
    public ReadOnlySpan<int> Before(int handle, out int first)
    {
        TaskSegment segment = Segment(handle);
        first = segment.FirstHandle;
        return segment.Before.Of(handle - first);
    }

    /// <summary>Appends the rows of a block; all wait and have all their needs pending.</summary>
    public TaskSegment Append(RunState run, TaskBlock block, int[] shapes, int[] policies, DateTimeOffset at)
    {
        int first = free.Take(block.Count);
        if (first < 0)
        {
            first = Count;
            Reserve(first + block.Count);
            Count += block.Count;
        }

        int place = vacant.TryPop(out int left) ? left : segments.Count;
        var segment = new TaskSegment(run, first, run.Total, block, at.UtcTicks / TimeSpan.TicksPerHour);
        for (int i = 0; i < block.Count; i++)
        {
            int handle = first + i;
            ids[handle] = new TaskId(run.Id, run.Total + i).Value;
            segmentOf[handle] = place;
            Priority[handle] = block.Priority[i];
            Rank[handle] = block.Rank[i];
            Shape[handle] = shapes[block.ShapeOf[i]];
            Policy[handle] = policies[block.PolicyOf[i]];
            Pending[handle] = segment.Before.Of(i).Length;
            HeapIndex[handle] = -1;
            states[handle] = TaskState.Waiting;
            Flags[handle] = default;
            Number[handle] = 0;
            Spent[handle] = Losses[handle] = Evictions[handle] = 0;
        }

        foreach (int index in block.Conditional)
        {
            Flags[first + index] |= TaskFlags.Conditional;
        }

        if (place == segments.Count)
        {
            segments.Add(segment);
        }
        else
        {
            segments[place] = segment;
        }

        run.Add(segment);
        return segment;
    }

    /// <summary>Frees the rows of a run; nothing may refer to them any more.</summary>
    public void Remove(RunState run)
    {
        foreach (TaskSegment segment in run.Segments)
        {
            if (segment.Count > 0)
            {
                int place = segmentOf[segment.FirstHandle];
                segments[place] = null;
                vacant.Push(place);
                free.Add(segment.FirstHandle, segment.Count);
            }
        }
    }

    /// <summary>Writes a task's state and keeps its run's counts.</summary>
    public void Move(int handle, TaskState next)
    {
        Touched++;
        Run(handle).Count(states[handle], next);
        states[handle] = next;
        if (next == TaskState.Ready)
        {
            ReadyAt[handle] = Now;
        }
    }

    private TaskSegment Segment(int handle) => segments[segmentOf[handle]]!;

    private void Reserve(int needed)
    {
        if (needed <= ids.Length)
        {
            return;
        }

        // A first block gets exactly what it needs; a run that grows block by block pays amortised O(1).
        int size = (int)Math.Min(Math.Max(needed, ids.Length * 3L / 2), Array.MaxLength);
        Array.Resize(ref ids, size);
        Array.Resize(ref states, size);
        Array.Resize(ref segmentOf, size);
        Flags = Grown(Flags, size);
        Priority = Grown(Priority, size);
        Rank = Grown(Rank, size);
        Shape = Grown(Shape, size);
        Policy = Grown(Policy, size);
        Pending = Grown(Pending, size);
        HeapIndex = Grown(HeapIndex, size);
        Number = Grown(Number, size);
        Spent = Grown(Spent, size);
        Losses = Grown(Losses, size);
        Evictions = Grown(Evictions, size);
        ReadyAt = Grown(ReadyAt, size);
    }

    private static T[] Grown<T>(T[] column, int size)
    {
        Array.Resize(ref column, size);
        return column;
    }
}
