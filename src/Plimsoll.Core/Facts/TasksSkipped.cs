using System.Collections.Immutable;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Tasks will not run because of another task, or because their condition is false.</summary>
/// <param name="Cause">The task that did not succeed; the task itself when its condition is false.</param>
public sealed record TasksSkipped(DateTimeOffset At, ImmutableArray<TaskId> Tasks, TaskId Cause, string Reason) : Fact(At);
