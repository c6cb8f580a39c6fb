using System.Text.Json.Serialization;

namespace Plimsoll.Client.Events;

/// <summary>Something that happened in a run; <c>--json</c> prints one per line, told apart by <c>kind</c>; a service streams them.</summary>
/// <param name="Run">0 = it concerns the whole service.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunStartedView), "run_started")]
[JsonDerivedType(typeof(TaskStartedView), "task_started")]
[JsonDerivedType(typeof(TaskEndedView), "task_ended")]
[JsonDerivedType(typeof(TaskRetryingView), "task_retrying")]
[JsonDerivedType(typeof(TaskSkippedView), "task_skipped")]
[JsonDerivedType(typeof(GuardSteppedView), "guard_stepped")]
[JsonDerivedType(typeof(WarningView), "warning")]
[JsonDerivedType(typeof(RunFinishedView), "run_finished")]
[JsonDerivedType(typeof(RunOpenedView), "run_opened")]
[JsonDerivedType(typeof(RunCancelledView), "run_cancelled")]
[JsonDerivedType(typeof(RunEndedView), "run_ended")]
[JsonDerivedType(typeof(TasksAddedView), "tasks_added")]
[JsonDerivedType(typeof(TasksEndedView), "tasks_ended")]
[JsonDerivedType(typeof(TasksRequeuedView), "tasks_requeued")]
[JsonDerivedType(typeof(PriorityChangedView), "priority_changed")]
[JsonDerivedType(typeof(IntakeChangedView), "intake_changed")]
[JsonDerivedType(typeof(LimitsChangedView), "limits_changed")]
public abstract record RunEventView(DateTimeOffset At, int Run);
