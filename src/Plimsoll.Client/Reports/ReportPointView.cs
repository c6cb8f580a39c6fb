namespace Plimsoll.Client.Reports;

/// <summary>One slice of a run's timeline.</summary>
/// <param name="Seconds">Its beginning, since the run was opened.</param>
/// <param name="Running">Attempts alive, on average.</param>
/// <param name="MemoryBytes">What they held together by their measured curves; null when none of them was measured.</param>
public sealed record ReportPointView(double Seconds, double Running, long? MemoryBytes);
