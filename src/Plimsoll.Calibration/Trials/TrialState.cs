namespace Plimsoll.Calibration.Trials;

/// <summary>How far a trial has come, for whoever decides what to start and when to stop.</summary>
/// <param name="Results">Of jobs that have ended, in that order.</param>
public readonly record struct TrialState(TimeSpan Elapsed, int Started, int Live, IReadOnlyList<TrialResult> Results, HostLoad Host);
