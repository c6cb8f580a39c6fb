using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Reports;

/// <summary>A task in one of the lists of a report.</summary>
/// <param name="Seconds">Of all its attempts together.</param>
/// <param name="PeakBytes">Most that an attempt held; 0 when not measured.</param>
public sealed record ReportTaskView(
    string Name,
    string Class,
    string State,
    int Attempts,
    double Seconds,
    long PeakBytes,
    string? Reason,
    ModelUsageView? Usage);
