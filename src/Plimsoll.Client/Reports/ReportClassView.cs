namespace Plimsoll.Client.Reports;

/// <summary>A class of tasks within a run.</summary>
/// <param name="MedianSeconds">Of the attempts that succeeded; 0 when none did.</param>
/// <param name="LongestSeconds">Likewise.</param>
/// <param name="PeakBytes">Most that an attempt held; 0 when none was measured.</param>
public sealed record ReportClassView(
    string Name,
    int Tasks,
    int Attempts,
    int Unsuccessful,
    double MedianSeconds,
    double LongestSeconds,
    double TotalSeconds,
    long PeakBytes,
    double Dollars);
