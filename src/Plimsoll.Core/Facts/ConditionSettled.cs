using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The condition of a task held, so it may start.</summary>
public sealed record ConditionSettled(DateTimeOffset At, TaskId Task) : Fact(At);
