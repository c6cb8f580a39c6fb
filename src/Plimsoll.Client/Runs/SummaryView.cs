namespace Plimsoll.Client.Runs;

/// <summary>What a run came to.</summary>
/// <param name="Outcome"><c>succeeded</c> (every task succeeded or was skipped by its own condition), <c>failed</c>, <c>cancelled</c>, <c>halted</c> (by the rule given to <c>map --halt</c>) or <c>interrupted</c> (unfinished tasks remain; <c>plimsoll resume</c> continues).</param>
/// <param name="Retried">Attempts that were followed by another one.</param>
/// <param name="Unfinished">Tasks that had not ended when the run stopped.</param>
/// <param name="PeakMemoryBytes">Largest sum of the resident memory of all attempts alive at one time.</param>
/// <param name="Utilisation">Share, 0 to 1, of the offered capacity that was used.</param>
/// <param name="Failures">The tasks that did not succeed; at most 100.</param>
/// <param name="Pressure">What the pressure ladder did; null when it had nothing to do.</param>
/// <param name="Usage">What it used of models; null when it used none.</param>
public sealed record SummaryView(
    int Run,
    string Name,
    string Outcome,
    int Succeeded,
    int Failed,
    int Dead,
    int Retried,
    int Skipped,
    int Cancelled,
    int Unfinished,
    double WallSeconds,
    long PeakMemoryBytes,
    int MaxConcurrency,
    double? Utilisation,
    IReadOnlyList<FailureView> Failures,
    PressureView? Pressure = null,
    ModelUsageView? Usage = null);
