using Plimsoll.Core.Capacity;

namespace Plimsoll.Engine.Guarding;

/// <summary>Reads a node for its guard; one caller at a time, and the properties are those of the last <see cref="Read"/>.</summary>
public interface INodeProbe
{
    /// <summary>Limit 0 = nothing tells how much memory there is.</summary>
    MemorySample Memory { get; }

    /// <summary>Live attempts; valid until the next reading.</summary>
    ReadOnlySpan<TaskSample> Tasks { get; }

    /// <summary>Null where the kernel does not tell.</summary>
    PressureSample? Pressure { get; }

    SwapSample Swap { get; }

    /// <summary>Null where the machine does not tell.</summary>
    CpuSample? Cpu { get; }

    /// <summary>True when free memory was reckoned with mapped pages of executables as used.</summary>
    bool MappedIsUsed { get; }

    /// <summary>Takes a reading: tasks before the host.</summary>
    void Read();
}
