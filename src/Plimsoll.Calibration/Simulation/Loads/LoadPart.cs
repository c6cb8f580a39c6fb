namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Tasks that come together.</summary>
/// <param name="At">Since the first ones came.</param>
/// <param name="First">Index of its first task; the next part begins behind its last.</param>
public readonly record struct LoadPart(TimeSpan At, int First);
