namespace Plimsoll.Client.Simulations;

/// <summary>A stretch of a simulation; means over its time.</summary>
/// <param name="Seconds">Its end, since the start.</param>
public sealed record SimulationPointView(double Seconds, double Live, double MemoryBytes, double Cores);
