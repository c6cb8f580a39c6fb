namespace Plimsoll.Client.Runs;

/// <summary>What the pressure ladder did in a run.</summary>
/// <param name="GatedSeconds">Time in which nothing was started because memory was short.</param>
/// <param name="Freezes">Times an attempt was stopped for a while.</param>
/// <param name="FrozenSeconds">Of all attempts together.</param>
/// <param name="Evictions">Attempts ended to protect the host; their tasks ran again.</param>
/// <param name="RedoneSeconds">Work of evicted attempts that had to be done again.</param>
public sealed record PressureView(double GatedSeconds, int Freezes, double FrozenSeconds, int Evictions, double RedoneSeconds);
