namespace Plimsoll.Client.Benchmarks;

/// <summary>What came out of <c>plimsoll bench stress --profile</c>.</summary>
/// <param name="Kind"><c>profile</c>.</param>
/// <param name="Safe">Jobs at once that counted as safe.</param>
/// <param name="SlowSeconds">95 of 100 jobs took no longer.</param>
/// <param name="MemoryGrowth">Peaks of the last quarter of jobs to those of the first.</param>
/// <param name="Failures">Why it is not passed.</param>
public sealed record ProfileReportView(
    string Kind,
    DateTimeOffset At,
    IReadOnlyList<string> Command,
    BenchMachineView Machine,
    string Profile,
    double Seconds,
    int Safe,
    int Jobs,
    double CompletionRate,
    int OwnKills,
    int HostKills,
    double? AloneSeconds,
    double SlowSeconds,
    double MemoryGrowth,
    double TimeGrowth,
    double MostSwapShare,
    double MostStall,
    long MostBytes,
    bool Passed,
    IReadOnlyList<string> Failures,
    IReadOnlyList<MeasureView> Measures);
