using System.Collections.Immutable;

namespace Plimsoll.Core.Capacity;

/// <summary>A whole reading of a node: tasks are read before the host, so that nothing a task holds is taken for somebody else's.</summary>
/// <param name="Pressure">Null where the kernel does not tell.</param>
public sealed record NodeSample(MemorySample Memory, ImmutableArray<TaskSample> Tasks, PressureSample? Pressure, SwapSample Swap)
{
    /// <summary>A reading of the node alone, its tasks only as a sum.</summary>
    public static NodeSample Of(MemorySample memory) => new(memory, [], null, default);
}
