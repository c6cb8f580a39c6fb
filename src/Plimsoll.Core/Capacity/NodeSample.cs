using System.Collections.Immutable;

namespace Plimsoll.Core.Capacity;

/// <summary>A whole reading of a node: tasks are read before the host, so that nothing a task holds is taken for somebody else's.</summary>
/// <param name="Pressure">Null where the kernel does not tell.</param>
public sealed record NodeSample(MemorySample Memory, ImmutableArray<TaskSample> Tasks, PressureSample? Pressure, SwapSample Swap)
{
    /// <summary>Cores of the node; null = not known.</summary>
    public double? Cores { get; init; }

    /// <summary>Null where the machine does not tell.</summary>
    public CpuSample? Cpu { get; init; }

    /// <summary>True when <c>Memory.Free</c> was reckoned with the mapped pages of our tasks as used, as cgroups do.</summary>
    public bool MappedIsUsed { get; init; }

    /// <summary>A reading of the node alone, its tasks only as a sum.</summary>
    public static NodeSample Of(MemorySample memory) => new(memory, [], null, default);
}
