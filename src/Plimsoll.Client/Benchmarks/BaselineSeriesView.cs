namespace Plimsoll.Client.Benchmarks;

/// <summary>All repetitions of a job, alone, under one isolation.</summary>
/// <param name="Isolation"><c>bare</c>, <c>none</c>, <c>cgroup</c> or <c>container</c>.</param>
/// <param name="Missing">Why it could not be measured.</param>
/// <param name="OverheadShare">Wall time above that of the first isolation, as a share of it.</param>
public sealed record BaselineSeriesView(string Isolation, string? Missing, double? WallSeconds, double? OverheadSeconds, double? OverheadShare, IReadOnlyList<TrialView> Trials);
