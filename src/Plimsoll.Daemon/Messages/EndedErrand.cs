using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Messages;

/// <summary>A task of a message that has ended and is to be answered for.</summary>
/// <param name="Attempt">The last one; null when it never ran.</param>
/// <param name="Answer">What it gave as its output <c>answer</c>; null = nothing.</param>
/// <param name="Reason">Why it ended so; null where there is nothing to say.</param>
internal sealed record EndedErrand(TaskId Task, TaskState State, AttemptId? Attempt, string? Answer, string? Reason);
