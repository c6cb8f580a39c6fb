using Plimsoll.Client.Benchmarks;
using static Plimsoll.Daemon.Calibrating.BenchFigures;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Lays reports out for people.</summary>
public static class BenchTables
{
    private const int MostReasons = 3;

    public static IReadOnlyList<BenchTable> Of(BaselineReportView report)
    {
        var trials =
            from series in report.Series
            from trial in series.Trials.Select((each, at) => (Each: each, Number: at + 1))
            let one = trial.Each
            select (IReadOnlyList<string>)[$"{series.Isolation} {trial.Number}", one.Outcome, Seconds(one.WallSeconds), Seconds(one.LaunchSeconds), Seconds(one.SettleSeconds), Bytes(one.PeakBytes), one.PeakSource, Bytes(one.SettledBytes), Bytes(one.BurstBytes), Number(one.MeanCores), Number(one.PeakCores), one.Leaks ? $"{Bytes(one.LeakBytesPerHour)}/h" : "no", Bytes(one.ReadBytes), Bytes(one.WrittenBytes)];
        IEnumerable<string> reasons = report.Series.SelectMany(static series => series.Trials).Select(static trial => trial.Error).OfType<string>().Distinct().Take(MostReasons);
        IReadOnlyList<string>[] overhead = [.. report.Series.Select(static series =>
            (IReadOnlyList<string>)[series.Isolation, Seconds(series.WallSeconds), series.OverheadSeconds is null ? "-" : Seconds(series.OverheadSeconds), Share(series.OverheadShare), series.Missing ?? ""])];
        return
        [
            new([Title("baseline", report.Command), Where(report.Machine), .. reasons.Select(static reason => $"failed: {reason}")], ["job", "outcome", "wall", "launch", "start-up", "peak", "seen by", "settled", "burst", "cores", "most", "leak", "read", "written"], [.. trials]),
            new(["Overhead of isolation, medians:"], ["isolation", "wall", "more", "share", "missing"], overhead),
        ];
    }

    public static IReadOnlyList<BenchTable> Of(StressReportView report) =>
    [
        new(
            [Title("stress", report.Command), Where(report.Machine), $"alone: {Seconds(report.AloneSeconds)}{(report.Complete ? "" : "; not complete, --resume goes on")}"],
            ["agents", "memory", "cpu", "completed", "own kills", "host kills", "other 137", "median", "slow-down", "throttled", "cpu wait", "swap", "stall", "together", "peak", "stopped"],
            [.. report.Cells.Select(static cell => (IReadOnlyList<string>)
            [
                Number(cell.Agents), Bytes(cell.MemoryBytes), cell.Cores is { } cores ? Number(cores) : "none", Share(cell.CompletionRate), Number(cell.OwnKills), Number(cell.HostKills), Number(cell.OtherKills),
                Seconds(cell.MedianSeconds), cell.SlowDown is { } slow ? Number(slow) : "-", cell.Throttled ? "yes" : "no", Share(cell.WaitShare), Share(cell.MostSwapShare), Share(cell.MostStall), Bytes(cell.MostBytes),
                Bytes(cell.PeakBytes.DefaultIfEmpty(0).Max()), cell.Stopped ?? "",
            ])]),
    ];

    public static IReadOnlyList<BenchTable> Of(ProfileReportView report) =>
    [
        new(
            [Title($"profile {report.Profile}", report.Command), Where(report.Machine), .. report.Failures.Select(static failure => $"failed: {failure}"), report.Passed ? "passed" : "NOT passed"],
            ["measured", "value"],
            [
                ["time", Seconds(report.Seconds)], ["safe at once", Number(report.Safe)], ["jobs", Number(report.Jobs)], ["completed", Share(report.CompletionRate)],
                ["killed for their own limit", Number(report.OwnKills)], ["killed by the host", Number(report.HostKills)], ["wall alone", Seconds(report.AloneSeconds)], ["wall of 95 in 100", Seconds(report.SlowSeconds)],
                ["memory, last quarter to first", Number(report.MemoryGrowth)], ["wall, last quarter to first", Number(report.TimeGrowth)], ["most swap", Share(report.MostSwapShare)],
                ["worst stall", Share(report.MostStall)], ["most memory together", Bytes(report.MostBytes)],
            ]),
    ];

    public static IReadOnlyList<BenchTable> Of(RecommendationView report) =>
    [
        new(
            [Title($"recommendation for {report.Name}", report.Command), Where(report.Machine)],
            ["measured", "value"],
            [
                ["peak without a limit", Bytes(report.PeakBytes)], ["settled", Bytes(report.SettledBytes)], ["share of life in bursts", Share(report.BurstShare)], ["wall", Seconds(report.WallSeconds)], ["cores, mean", Number(report.MeanCores)],
                ["smallest limit that held", $"{Bytes(report.MinimumBytes)}, {report.Held} of {report.Held} times"], ["largest below it", Bytes(report.BelowBytes)],
                ["holds at least (95 % confidence)", Share(report.LeastReliability)], ["runs", Number(report.Runs)], ["memory_limit to use", Bytes(report.LimitBytes)],
            ]),
        new(
            ["How many at once:"],
            ["host", "reserve", "by formula", "by the load line"],
            [.. report.Hosts.Prepend(report.Here).Select((row, at) => (IReadOnlyList<string>)[at == 0 ? $"this machine, {Bytes(row.TotalBytes)}" : Bytes(row.TotalBytes), Bytes(row.ReserveBytes), Number(row.ByFormula), Number(row.ByLoadLine)])]),
    ];

    public static IReadOnlyList<BenchTable> Of(BenchComparisonView report) =>
    [
        new(
            [$"{report.First} -> {report.Second}, worse by more than {Share(report.Threshold)} is a regression: {report.Verdict}"],
            ["measure", "first", "second", "ratio", "95 % from", "to", "verdict"],
            [.. report.Measures.Select(static one => (IReadOnlyList<string>)[one.Name, Value(one.First, one.Unit), Value(one.Second, one.Unit), Number(one.Ratio), Number(one.Low), Number(one.High), one.Verdict])]),
    ];

    private static string Title(string what, IReadOnlyList<string> command) => $"{what}: {string.Join(' ', command)}";

    private static string Where(BenchMachineView machine) => $"{machine.Cores} cores, {Bytes(machine.MemoryBytes)}; all jobs together could hold {Bytes(machine.Protected)}";
}
