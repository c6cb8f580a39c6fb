namespace Plimsoll.Client.Benchmarks;

/// <summary>What came out of <c>plimsoll bench baseline</c>.</summary>
/// <param name="Kind"><c>baseline</c>.</param>
public sealed record BaselineReportView(
    string Kind,
    DateTimeOffset At,
    IReadOnlyList<string> Command,
    BenchMachineView Machine,
    double IntervalSeconds,
    IReadOnlyList<BaselineSeriesView> Series,
    IReadOnlyList<MeasureView> Measures);
