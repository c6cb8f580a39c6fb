namespace Plimsoll.Calibration.Comparisons;

/// <summary>One measure of two reports beside each other.</summary>
/// <param name="Ratio">Second to first; 1.05 is 5 % more.</param>
/// <param name="Low">Lower end of its confidence interval.</param>
public sealed record ComparedMeasure(string Name, string Unit, bool LowerIsBetter, double First, double Second, double Ratio, double Low, double High, MeasureVerdict Verdict);
