using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Reports;

/// <summary>One run, ready to be shown: what <c>plimsoll report --json</c> prints and its page draws.</summary>
/// <param name="At">When the report was made.</param>
/// <param name="WallSeconds">From its opening to its end, or until now.</param>
/// <param name="Lanes">A lane per task; of a large run a lane per class, see <paramref name="Aggregated"/>.</param>
/// <param name="Aggregated">True when lanes are classes, because there are too many tasks to draw.</param>
/// <param name="Timeline">Evenly spaced over the run.</param>
/// <param name="Slowest">At most 20, the slowest first; likewise the other lists of tasks.</param>
/// <param name="Costliest">By price, then by tokens; empty when no models were used.</param>
/// <param name="Comparisons">What differs from earlier runs of the same name by more than chance.</param>
/// <param name="Predecessors">Runs it was compared with.</param>
public sealed record ReportView(
    int Run,
    string Name,
    string State,
    DateTimeOffset At,
    DateTimeOffset OpenedAt,
    double WallSeconds,
    TaskCountsView Counts,
    int Attempts,
    ModelUsageView? Usage,
    IReadOnlyList<ReportClassView> Classes,
    IReadOnlyList<ReportLaneView> Lanes,
    bool Aggregated,
    IReadOnlyList<ReportPointView> Timeline,
    IReadOnlyList<ReportTaskView> Slowest,
    IReadOnlyList<ReportTaskView> Retried,
    IReadOnlyList<ReportTaskView> Unsuccessful,
    IReadOnlyList<ReportTaskView> Costliest,
    IReadOnlyList<ComparisonView> Comparisons,
    int Predecessors);
