using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>One point of an attempt's memory curve.</summary>
/// <param name="At">Since the attempt's first reading began to count: its start.</param>
/// <param name="Resident">The most it held since the point before.</param>
public readonly record struct MemoryPoint(TimeSpan At, Bytes Resident);
