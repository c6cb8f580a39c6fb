using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The pressure ladder stopped an attempt; its own timeout stands still until <see cref="AttemptThawed"/>.</summary>
public sealed record AttemptFrozen(DateTimeOffset At, AttemptId Attempt) : Fact(At);
