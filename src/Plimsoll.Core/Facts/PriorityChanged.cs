using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>A task got another priority.</summary>
public sealed record PriorityChanged(DateTimeOffset At, TaskId Task, int Priority) : Fact(At);
