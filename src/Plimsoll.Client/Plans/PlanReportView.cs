namespace Plimsoll.Client.Plans;

/// <summary>What <c>check</c> and <c>run --dry-run</c> know about a plan.</summary>
/// <param name="Valid">It has no error.</param>
/// <param name="Order">The order in which tasks would start with nothing in their way; cut at 10,000.</param>
public sealed record PlanReportView(
    string File,
    string Name,
    bool Valid,
    int Tasks,
    int Edges,
    IReadOnlyList<PlanClassView> Classes,
    IReadOnlyList<PlannedTaskView> Order,
    IReadOnlyList<DiagnosticView> Diagnostics);
