namespace Plimsoll.Journal.Records;

/// <summary>The words in the <c>kind</c> column; never reused with another meaning.</summary>
internal static class EventKind
{
    internal const string RunOpened = "run_opened";
    internal const string RunSealed = "run_sealed";
    internal const string RunFinished = "run_finished";
    internal const string RunCancelled = "run_cancelled";
    internal const string TasksAdded = "tasks_added";
    internal const string TasksCancelled = "tasks_cancelled";
    internal const string TasksRequeued = "tasks_requeued";
    internal const string TasksSkipped = "tasks_skipped";
    internal const string ConditionSettled = "condition_settled";
    internal const string PriorityChanged = "priority_changed";
    internal const string AttemptKilled = "attempt_killed";
    internal const string BreakerChanged = "breaker_changed";
    internal const string ClassLearned = "class_learned";
    internal const string ClassWidthChanged = "class_width_changed";
    internal const string NeedRaised = "need_raised";
    internal const string AttemptFrozen = "attempt_frozen";
    internal const string AttemptThawed = "attempt_thawed";
    internal const string StreamsKept = "streams_kept";
    internal const string GuardStepped = "guard_stepped";
    internal const string LimitsChanged = "limits_changed";
    internal const string NodeChanged = "node_changed";
    internal const string IntakeChanged = "intake_changed";
}
