using Plimsoll.Calibration.Statistics;
using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Baselines;

/// <summary>All repetitions of a job, alone, under one isolation.</summary>
/// <param name="Missing">Why it could not be measured; null = it was.</param>
public sealed record BaselineSeries(TrialIsolation Isolation, IReadOnlyList<TrialResult> Results, string? Missing)
{
    public bool HasSucceeded => Results.Any(static result => result.Outcome == TrialOutcome.Succeeded);

    /// <summary>Those that succeeded, or all when none did: what failed early tells little of what the job needs.</summary>
    public IReadOnlyList<TrialResult> Counted =>
        HasSucceeded ? [.. Results.Where(static result => result.Outcome == TrialOutcome.Succeeded)] : Results;

    public double WallSeconds => Sample.Median(Counted.Select(static result => result.WallSeconds));
}
