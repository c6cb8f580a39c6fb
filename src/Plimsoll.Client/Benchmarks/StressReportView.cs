namespace Plimsoll.Client.Benchmarks;

/// <summary>What came out of <c>plimsoll bench stress</c>.</summary>
/// <param name="Kind"><c>stress</c>.</param>
/// <param name="AloneSeconds">Wall time of one job alone without limits; null = it failed.</param>
/// <param name="Complete">False while cells are still to come: <c>--resume</c> goes on.</param>
public sealed record StressReportView(
    string Kind,
    DateTimeOffset At,
    IReadOnlyList<string> Command,
    BenchMachineView Machine,
    double? AloneSeconds,
    bool Complete,
    IReadOnlyList<StressCellView> Cells,
    IReadOnlyList<MeasureView> Measures);
