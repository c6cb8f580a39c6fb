namespace Plimsoll.Client.Reports;

/// <summary>A row of the timeline.</summary>
/// <param name="Name">Task, or class of an aggregated report.</param>
/// <param name="Bars">Attempts of the task, oldest first; empty in an aggregated report.</param>
/// <param name="Running">Attempts of the class alive on average, per slice of the timeline; empty otherwise.</param>
public sealed record ReportLaneView(string Name, string Class, IReadOnlyList<ReportBarView> Bars, IReadOnlyList<double> Running);
