namespace Plimsoll.Cli.Burn;

/// <summary>Resident size at a moment of a synthetic job's life.</summary>
/// <param name="At">Since the process was spawned.</param>
internal readonly record struct BurnPoint(TimeSpan At, long ResidentBytes);
