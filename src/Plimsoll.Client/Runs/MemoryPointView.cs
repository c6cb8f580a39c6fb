namespace Plimsoll.Client.Runs;

/// <summary>One point of a memory curve.</summary>
/// <param name="Seconds">Since the attempt's start.</param>
/// <param name="Bytes">The most it held since the point before.</param>
public sealed record MemoryPointView(double Seconds, long Bytes);
