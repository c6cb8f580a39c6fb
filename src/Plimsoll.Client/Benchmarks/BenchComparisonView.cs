namespace Plimsoll.Client.Benchmarks;

/// <summary>What came out of <c>plimsoll bench compare</c>.</summary>
/// <param name="Threshold">Worse by this share is a regression.</param>
/// <param name="Verdict"><c>pass</c>, <c>regression</c> or <c>inconclusive</c>.</param>
public sealed record BenchComparisonView(string First, string Second, double Threshold, string Verdict, IReadOnlyList<ComparedMeasureView> Measures);
