namespace Plimsoll.Calibration.Trials;

/// <summary>What came out of a trial.</summary>
/// <param name="Stopped">Why it was stopped before its end; null = it was not.</param>
public sealed record TrialRun(IReadOnlyList<TrialResult> Results, HostLoad Host, double Seconds, string? Stopped)
{
    public int Count(TrialOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}
