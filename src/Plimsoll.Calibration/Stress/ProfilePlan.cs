namespace Plimsoll.Calibration.Stress;

/// <summary>A load profile with its numbers filled in.</summary>
/// <param name="Safe">Jobs at once that count as safe.</param>
/// <param name="Deadline">Of each job.</param>
/// <param name="AloneSeconds">Wall time of one job alone.</param>
public sealed record ProfilePlan(LoadProfile Profile, TimeSpan Duration, int Safe, TimeSpan Deadline, double AloneSeconds);
