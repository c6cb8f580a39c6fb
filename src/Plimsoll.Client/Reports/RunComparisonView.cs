namespace Plimsoll.Client.Reports;

/// <summary>A run beside earlier ones.</summary>
/// <param name="State"><c>finished</c>, <c>running</c>, <c>interrupted</c> or <c>cancelled</c>.</param>
/// <param name="Before">Numbers of the runs it is compared with, newest first.</param>
/// <param name="Rows">What differs by more than chance first.</param>
public sealed record RunComparisonView(int Run, string Name, string State, IReadOnlyList<int> Before, IReadOnlyList<ComparisonView> Rows);
