using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Guarding;

/// <summary>A reading of the node for its guard; lives no longer than the call.</summary>
/// <param name="at">Kernel time of the reading: the same clock as <see cref="GuardTask.Began"/>.</param>
/// <param name="memory">Limit, free and tasks' memory.</param>
/// <param name="tasks">Live attempts in any order; read before the host.</param>
/// <param name="pressure">Null where the kernel does not tell.</param>
public readonly ref struct GuardSample(DateTimeOffset at, MemorySample memory, ReadOnlySpan<TaskSample> tasks, PressureSample? pressure)
{
    public DateTimeOffset At { get; } = at;

    public MemorySample Memory { get; } = memory;

    public ReadOnlySpan<TaskSample> Tasks { get; } = tasks;

    public PressureSample? Pressure { get; } = pressure;
}
