using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Watch.Samples;

/// <summary>One machine at one moment.</summary>
/// <param name="Name">For people.</param>
/// <param name="Memory">Null when it could not be read.</param>
public sealed record NodeReading(NodeId Node, string Name, MemorySample? Memory)
{
    public CpuSample? Cpu { get; init; }

    public PressureSample? Pressure { get; init; }

    /// <summary>Null where it could not be read; a total of 0 means that there is none.</summary>
    public SwapSample? Swap { get; init; }

    public double? Cores { get; init; }

    /// <summary>Memory that is never given to tasks.</summary>
    public Bytes? Reserve { get; init; }

    /// <summary>What tasks may hold together.</summary>
    public Bytes? Capacity { get; init; }

    /// <summary>Set aside for live attempts beyond what they hold yet.</summary>
    public Bytes? Owed { get; init; }

    /// <summary>Of the disk that holds the state folder.</summary>
    public Bytes? DiskTotal { get; init; }

    public Bytes? DiskFree { get; init; }

    /// <summary>True while the pressure ladder lets nothing start.</summary>
    public bool Gated { get; init; }
}
