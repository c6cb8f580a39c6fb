using Plimsoll.Core.Footprints;

namespace Plimsoll.Calibration.Trials;

/// <summary>One job from start to end.</summary>
/// <param name="StartedAt">Seconds since the trial began.</param>
/// <param name="LaunchSeconds">From the order to start until its process was there; null where that is not told.</param>
/// <param name="ReadBytes">From disks, as of the last reading; the same holds for what follows.</param>
/// <param name="WaitSeconds">Ready to run, with no processor to run on, all threads together.</param>
public sealed record TrialResult(
    TrialOutcome Outcome,
    int? ExitCode,
    double StartedAt,
    double WallSeconds,
    double? LaunchSeconds,
    double CpuSeconds,
    long PeakBytes,
    double PeakCores,
    long ReadBytes,
    long WrittenBytes,
    double WaitSeconds,
    IReadOnlyList<TrialPoint> Points)
{
    /// <summary>Null when it was too short to be read.</summary>
    public AttemptFootprint? Footprint { get; init; }

    /// <summary>Why it was not started, or the last thing it said when it failed.</summary>
    public string? Error { get; init; }

    public long SettledBytes => Footprint?.Settled.Value ?? PeakBytes;

    public double? SettleSeconds => Footprint?.TimeToSettle.TotalSeconds;

    public double MeanCores => WallSeconds > 0 ? CpuSeconds / WallSeconds : 0;
}
