using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Explain;

/// <summary>A task that holds units of a lock, or waits for them.</summary>
/// <param name="Attempt">Default for a task that waits.</param>
/// <param name="Since">Since when it holds them, or its kind of task has waited for them.</param>
public sealed record LockHolder(TaskId Task, AttemptId Attempt, string Name, LockMode Mode, int Units, DateTimeOffset Since);
