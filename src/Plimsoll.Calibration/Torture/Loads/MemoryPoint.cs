namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>Resident memory of a job at a moment of its life; straight lines between points.</summary>
internal readonly record struct MemoryPoint(double Seconds, long Bytes);
