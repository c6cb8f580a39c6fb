using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>A run was cancelled as a whole.</summary>
public sealed record RunCancelled(DateTimeOffset At, RunId Run, string Reason) : Fact(At);
