namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>A load that is made up; seconds, memory and bursts are log-normal around their medians.</summary>
/// <param name="Classes">Tasks of one class are alike: they share a median of their own.</param>
/// <param name="Needs">Tasks of the layer before that each task needs.</param>
/// <param name="Width">Tasks per layer; everything is one layer without needs.</param>
/// <param name="Spread">Standard deviation of the logarithm inside a class; between classes it is twice that.</param>
/// <param name="BurstShare">Of its life, at a place of its own.</param>
public sealed record GeneratedShape(
    int Tasks,
    int Classes,
    int Needs,
    int Width,
    double Seconds,
    long MemoryBytes,
    long BurstBytes,
    double BurstShare,
    double Cpu,
    double Spread,
    double FailureShare)
{
    public static GeneratedShape Default { get; } = new(1000, 10, 0, 1000, 60, 512L << 20, 0, 0.2, 1, 0.3, 0);
}
