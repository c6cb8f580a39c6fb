using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Facts;

/// <summary>The next attempt of one task gets more memory set aside than its class, because an attempt of it ran short.</summary>
/// <param name="Memory">Set aside for every further attempt of the task.</param>
/// <param name="Exclusive">Further attempts run alone on their node.</param>
/// <param name="Reason">One line for people.</param>
public sealed record NeedRaised(DateTimeOffset At, TaskId Task, Bytes Memory, bool Exclusive, string Reason) : Fact(At);
