using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Explain;

/// <summary>Why a task is where it is. A task that waits has at least one reason; the first is the one that decides.</summary>
public sealed record Explanation(TaskId Task, string Name, TaskState State, ImmutableArray<WaitReason> Reasons);
