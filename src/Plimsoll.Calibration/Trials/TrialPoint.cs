namespace Plimsoll.Calibration.Trials;

/// <summary>A job at one moment of its life.</summary>
/// <param name="Cores">Mean since the point before.</param>
public readonly record struct TrialPoint(double Seconds, long Bytes, double Cores);
