using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The gateway reads on and keeps the model streams of a frozen attempt.</summary>
public sealed record StreamsKept(DateTimeOffset At, AttemptId Attempt, int Streams) : Fact(At);
