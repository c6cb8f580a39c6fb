namespace Plimsoll.Client.Events;

/// <summary>A step of the pressure ladder, with the numbers that made it.</summary>
/// <param name="Step"><c>gate</c>, <c>ungate</c>, <c>hold</c>, <c>release</c>, <c>freeze</c>, <c>thaw</c>, <c>reclaim</c> or <c>evict</c>.</param>
/// <param name="Cause"><c>free_memory</c>, <c>projection</c>, <c>pressure</c>, <c>turn</c>, <c>deadline</c> or <c>recovered</c>.</param>
/// <param name="Task">Null for a step that concerns the whole machine.</param>
/// <param name="ProjectedBytes">Free memory expected half a second later; may be negative.</param>
/// <param name="GrowthBytesPerSecond">Of the task; of all tasks for a step of the machine.</param>
public sealed record GuardSteppedView(
    DateTimeOffset At,
    int Run,
    string Step,
    string Cause,
    string? Task,
    int? Attempt,
    long FreeBytes,
    long ReserveBytes,
    long ProjectedBytes,
    long GrowthBytesPerSecond) : RunEventView(At, Run);
