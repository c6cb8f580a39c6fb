using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Journal.Postgres;

/// <summary>Where a task is at the end of a commit.</summary>
/// <param name="Fence">Of the attempt it moved with in this commit; null when it moved by itself.</param>
internal readonly record struct TaskMove(TaskState State, long At, string? Reason, int Attempts, long? Fence);
