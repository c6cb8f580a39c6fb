using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Lifecycle;

/// <summary>One run: its blocks of tasks and how many of them are in which state.</summary>
internal sealed class RunState(RunId id, string name)
{
    private readonly List<TaskSegment> segments = [];
    private readonly int[] counts = new int[TaskStates.Count];

    public RunId Id { get; } = id;

    public string Name { get; } = name;

    public int Total { get; private set; }

    /// <summary>Tasks that have not ended.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Its part of the node beside other runs.</summary>
    public double Weight { get; set; } = 1;

    public bool Sealed { get; set; }

    public bool Cancelled { get; set; }

    public bool Finished { get; set; }

    /// <summary>True when no task can come any more and every one has ended.</summary>
    public bool IsComplete => (Sealed || Cancelled) && Unfinished == 0;

    public ReadOnlySpan<int> Counts => counts;

    public IReadOnlyList<TaskSegment> Segments => segments;

    public void Add(TaskSegment segment)
    {
        segments.Add(segment);
        Total += segment.Count;
        Unfinished += segment.Count;
        counts[(int)TaskState.Waiting] += segment.Count;
    }

    public void Count(TaskState from, TaskState to)
    {
        counts[(int)from]--;
        counts[(int)to]++;
        Unfinished += (to.HasEnded() ? 0 : 1) - (from.HasEnded() ? 0 : 1);
    }

    /// <summary>The handle of an ordinal, or -1.</summary>
    public int Find(int ordinal)
    {
        int low = 0, high = segments.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            TaskSegment segment = segments[middle];
            if (ordinal < segment.FirstOrdinal)
            {
                high = middle - 1;
            }
            else if (ordinal >= segment.FirstOrdinal + segment.Count)
            {
                low = middle + 1;
            }
            else
            {
                return segment.FirstHandle + ordinal - segment.FirstOrdinal;
            }
        }

        return -1;
    }
}
