namespace Plimsoll.Client.Benchmarks;

/// <summary>One measure of two reports beside each other.</summary>
/// <param name="Ratio">Second to first.</param>
/// <param name="Low">Lower end of the ratio's 95 % confidence interval.</param>
/// <param name="Verdict"><c>pass</c>, <c>regression</c> or <c>inconclusive</c>.</param>
public sealed record ComparedMeasureView(string Name, string Unit, double First, double Second, double Ratio, double Low, double High, string Verdict);
