using System.Text.Json;
using Plimsoll.Calibration.Baselines;
using Plimsoll.Calibration.Comparisons;
using Plimsoll.Calibration.Stress;
using Plimsoll.Calibration.Trials;
using Plimsoll.Client.Benchmarks;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Turns what was measured into wire records.</summary>
internal static class TrialViews
{
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TrialView Of(TrialResult result)
    {
        MemoryTrend trend = MemoryTrend.Of(result);
        return new TrialView(
            Word(result.Outcome),
            result.ExitCode,
            result.WallSeconds,
            result.LaunchSeconds,
            result.SettleSeconds,
            result.CpuSeconds,
            result.MeanCores,
            Math.Max(result.PeakCores, result.MeanCores),
            result.PeakBytes,
            Word(result.PeakSource),
            result.SettledBytes,
            Math.Max(0, result.PeakBytes - result.SettledBytes),
            result.Footprint?.BurstShare ?? 0,
            trend.BytesPerHour,
            trend.IsLeak,
            result.ReadBytes,
            result.WrittenBytes,
            result.WaitSeconds,
            result.Error,
            [.. result.Points.Select(static point => new TrialPointView(point.Seconds, point.Bytes, point.Cores))]);
    }

    public static BaselineSeriesView Of(BaselineSeries series, BaselineSeries first)
    {
        bool isMeasured = series.Results.Count > 0;
        double? over = series.HasSucceeded && series != first && first.HasSucceeded ? series.WallSeconds - first.WallSeconds : null;
        return new BaselineSeriesView(Word(series.Isolation), series.Missing, isMeasured ? series.WallSeconds : null, over, over / first.WallSeconds, [.. series.Results.Select(Of)]);
    }

    public static StressCellView Of(CellResult result) => new(
        result.Cell.Name,
        result.Cell.Agents,
        result.Cell.Memory?.Value,
        result.Cell.Cores,
        result.CompletionRate,
        result.OwnKills,
        result.HostKills,
        result.OtherKills,
        result.Run.Seconds,
        result.MeanSeconds,
        result.SlowDown,
        result.IsThrottled,
        result.WaitShare,
        result.Run.Host.MostSwapShare,
        result.Run.Host.MostStall,
        result.Run.Host.MeanStall,
        result.Run.Host.MostBytes,
        [.. result.Run.Results.Select(static each => each.PeakBytes)],
        result.Run.Stopped);

    public static MeasureView Of(Measure measure) => new(measure.Name, measure.Unit, measure.LowerIsBetter, measure.Values);

    public static IReadOnlyList<MeasureView> Measures(string prefix, IReadOnlyList<TrialResult> results) =>
        [.. BaselineMeasures.Of(prefix, [.. results.Where(static result => result.Outcome == TrialOutcome.Succeeded)]).Where(static measure => measure.Values.Count > 0).Select(Of)];
}
