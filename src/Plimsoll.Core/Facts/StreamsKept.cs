using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The gateway has read on and kept model streams of a frozen attempt, and given them to it at its thaw.</summary>
/// <param name="Bytes">What came while it was frozen.</param>
public sealed record StreamsKept(DateTimeOffset At, AttemptId Attempt, int Streams, long Bytes = 0) : Fact(At);
