using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Graphs;

/// <summary>One block of tasks inside the task table: its handles are consecutive, and so are its ordinals in the run.</summary>
internal sealed class TaskSegment(RunState run, int firstHandle, int firstOrdinal, TaskBlock block, long addedInHour)
{
    private readonly Utf8Arena names = block.Names;

    public RunState Run { get; } = run;

    public int FirstHandle { get; } = firstHandle;

    public int FirstOrdinal { get; } = firstOrdinal;

    /// <summary>Hours of kernel time.</summary>
    public long AddedInHour { get; } = addedInHour;

    public int Count { get; } = block.Count;

    public EdgeRows After { get; } = EdgeRows.After(block.Count, block.Edges);

    public EdgeRows Before { get; } = EdgeRows.Before(block.Count, block.Edges);

    public string NameOf(int handle) => names[handle - FirstHandle];
}
