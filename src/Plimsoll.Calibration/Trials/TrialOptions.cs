using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Trials;

/// <summary>Where and how trials are measured.</summary>
/// <param name="Scratch">A folder for the files of jobs; it exists.</param>
/// <param name="Interval">Between two points of a job's curve.</param>
/// <param name="Protection">What all jobs may hold together, enforced by their common cgroup, so that the machine survives; null = the machine's memory less a reserve.</param>
/// <param name="Environment">Of every job, as <c>NAME=VALUE</c>.</param>
public sealed record TrialOptions(string Scratch, TimeSpan Interval, Bytes? Protection, IReadOnlyList<string> Environment)
{
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(5);

    public static TimeSpan LeastInterval { get; } = TimeSpan.FromMilliseconds(50);
}
