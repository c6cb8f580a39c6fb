using Plimsoll.Core.Footprints;

namespace Plimsoll.Core.Explain;

/// <summary>A class of tasks at one moment.</summary>
/// <param name="Live">Attempts of it that hold capacity.</param>
/// <param name="Ready">Tasks of it that could run and do not.</param>
/// <param name="Width">How many may run at once after trouble with memory; null = not limited.</param>
/// <param name="Breaker">Null while it is closed.</param>
/// <param name="Profile">What was learned of it; null while nothing was measured.</param>
public sealed record ClassSnapshot(string Name, int Live, long Ready, int? Width, BreakerSnapshot? Breaker, ProfileSnapshot? Profile);
