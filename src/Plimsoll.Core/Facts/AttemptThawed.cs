using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>A frozen attempt goes on.</summary>
public sealed record AttemptThawed(DateTimeOffset At, AttemptId Attempt) : Fact(At);
