using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Trials;

/// <summary>The command that is measured, and what it may use.</summary>
/// <param name="Folder">Working folder; null = the job's own scratch folder, which it also knows as <c>$JOB</c>.</param>
/// <param name="Memory">Enforced by a cgroup; null = not limited.</param>
/// <param name="Cores">Enforced by a cgroup; null = not limited.</param>
/// <param name="Image">Of the container.</param>
public sealed record TrialJob(IReadOnlyList<string> Arguments, string? Folder, TrialIsolation Isolation, Bytes? Memory, double? Cores, string? Image);
