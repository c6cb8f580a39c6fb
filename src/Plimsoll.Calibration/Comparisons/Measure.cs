namespace Plimsoll.Calibration.Comparisons;

/// <summary>One thing that was measured several times.</summary>
/// <param name="Unit">As it is written behind the number.</param>
/// <param name="LowerIsBetter">False for rates and shares of success.</param>
public sealed record Measure(string Name, string Unit, bool LowerIsBetter, IReadOnlyList<double> Values);
