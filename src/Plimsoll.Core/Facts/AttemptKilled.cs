using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The kernel asked for the end of an attempt.</summary>
public sealed record AttemptKilled(DateTimeOffset At, AttemptId Attempt, KillReason Reason, string Detail) : Fact(At);
