namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>A stretch of a simulation: means over its time.</summary>
/// <param name="Seconds">Its end, since the start.</param>
public readonly record struct SeriesPoint(double Seconds, double Live, double HeldBytes, double Cores);
