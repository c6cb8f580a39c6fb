using System.Globalization;
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
    /// <summary>Where <see cref="PeakBytes"/> comes from.</summary>
    public PeakSource PeakSource { get; init; }

    /// <summary>Null when it was read in less than the first half of its life, or never.</summary>
    public AttemptFootprint? Footprint { get; init; }

    /// <summary>Why it was not started, or the last thing it said when it failed.</summary>
    public string? Error { get; init; }

    /// <summary>In a sentence, with the reason where it did not succeed.</summary>
    public string Told
    {
        get
        {
            string code = Outcome == TrialOutcome.Failed ? $" with exit code {ExitCode}" : "";
            string why = Outcome != TrialOutcome.Succeeded && Error is { } error ? $": {error}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Ended}{code} after {WallSeconds:0.00} s, peak {PeakBytes / (double)(1 << 20):0.#} MiB{why}");
        }
    }

    public long SettledBytes => Footprint?.Settled.Value ?? PeakBytes;

    public double? SettleSeconds => Footprint?.TimeToSettle.TotalSeconds;

    public double MeanCores => WallSeconds > 0 ? CpuSeconds / WallSeconds : 0;

    private string Ended => Outcome switch
    {
        TrialOutcome.Succeeded => "succeeded",
        TrialOutcome.OwnLimit => "killed for its own limit",
        TrialOutcome.HostKill => "killed by the host",
        TrialOutcome.TimedOut => "ended at its deadline",
        TrialOutcome.Stopped => "stopped",
        TrialOutcome.NotStarted => "not started",
        _ => "failed",
    };
}
