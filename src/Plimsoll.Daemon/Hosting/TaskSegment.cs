using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Hosting;

/// <summary>One block of a run's tasks with what renders them.</summary>
/// <param name="First">Ordinal of the block's first task.</param>
internal sealed record TaskSegment(int First, TaskBlock Block, TaskRenderer Renderer, DateTimeOffset AddedAt)
{
    public int End => First + Block.Count;
}
