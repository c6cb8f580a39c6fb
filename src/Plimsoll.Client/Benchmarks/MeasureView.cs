namespace Plimsoll.Client.Benchmarks;

/// <summary>One thing that was measured several times; reports are compared by these.</summary>
public sealed record MeasureView(string Name, string Unit, bool LowerIsBetter, IReadOnlyList<double> Values);
