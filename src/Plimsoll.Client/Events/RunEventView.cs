using System.Text.Json.Serialization;

namespace Plimsoll.Client.Events;

/// <summary>Something that happened in a run; <c>--json</c> prints one per line, told apart by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunStartedView), "run_started")]
[JsonDerivedType(typeof(TaskStartedView), "task_started")]
[JsonDerivedType(typeof(TaskEndedView), "task_ended")]
[JsonDerivedType(typeof(TaskRetryingView), "task_retrying")]
[JsonDerivedType(typeof(TaskSkippedView), "task_skipped")]
[JsonDerivedType(typeof(GuardSteppedView), "guard_stepped")]
[JsonDerivedType(typeof(WarningView), "warning")]
[JsonDerivedType(typeof(RunFinishedView), "run_finished")]
public abstract record RunEventView(DateTimeOffset At, int Run);
