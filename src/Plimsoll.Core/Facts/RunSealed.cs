using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>No more tasks follow in this run.</summary>
public sealed record RunSealed(DateTimeOffset At, RunId Run) : Fact(At);
