using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>A run exists.</summary>
public sealed record RunOpened(DateTimeOffset At, RunId Run, long Ticket, string Name, string Origin) : Fact(At);
