using Plimsoll.Calibration.Statistics;
using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Stress;

/// <summary>What one cell came to.</summary>
/// <param name="AloneSeconds">Wall time of the job alone and unlimited, to tell slowing down; null = not known.</param>
public sealed record CellResult(StressCell Cell, TrialRun Run, double? AloneSeconds)
{
    /// <summary>Slower than alone by more than this is throttled.</summary>
    public const double ThrottledAt = 2;

    private const int KilledCode = 137;

    public double CompletionRate => Run.Results.Count > 0 ? Run.Count(TrialOutcome.Succeeded) / (double)Run.Results.Count : 0;

    public int OwnKills => Run.Count(TrialOutcome.OwnLimit);

    public int HostKills => Run.Count(TrialOutcome.HostKill);

    /// <summary>Exit code 137 that neither the job's limit nor the host explains: somebody else's SIGKILL.</summary>
    public int OtherKills => Run.Results.Count(static result => result is { Outcome: TrialOutcome.Failed, ExitCode: KilledCode });

    public double MeanSeconds => Sample.Median(Run.Results.Where(static result => result.Outcome == TrialOutcome.Succeeded).Select(static result => result.WallSeconds));

    /// <summary>Null when nothing succeeded or the time alone is not known.</summary>
    public double? SlowDown => AloneSeconds is > 0 && MeanSeconds > 0 ? MeanSeconds / AloneSeconds : null;

    public bool IsThrottled => SlowDown > ThrottledAt;

    /// <summary>Share of the jobs' time in which one of their threads was ready and had no processor.</summary>
    public double WaitShare => Run.Results.Sum(static result => result.WallSeconds) is > 0 and double wall ? Run.Results.Sum(static result => result.WaitSeconds) / wall : 0;
}
