using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Numbers up to these have been given away, also by runs that recovery leaves out; the next ones are larger.</summary>
/// <remarks>Made by recovery as its first fact and never stored.</remarks>
public sealed record IdentitiesUsed(DateTimeOffset At, RunId LastRun, long LastFence) : Fact(At);
