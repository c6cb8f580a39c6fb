namespace Plimsoll.Client.Reports;

/// <summary>One attempt on the timeline.</summary>
/// <param name="From">Seconds since the run was opened.</param>
/// <param name="To">Likewise; of a live attempt: now.</param>
/// <param name="Outcome">Null while it is alive.</param>
public sealed record ReportBarView(int Number, double From, double To, string? Outcome);
