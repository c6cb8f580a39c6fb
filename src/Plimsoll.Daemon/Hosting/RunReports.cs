namespace Plimsoll.Daemon.Hosting;

/// <summary>What a run is shown with while it goes on, and when it has ended.</summary>
internal sealed record RunReports(ProgressViews Progress, SummaryBuilder Summary);
