using System.Collections.Immutable;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The stable words people and scripts see for states and outcomes.</summary>
internal static class Words
{
    public static string Of(TaskState state) => state switch
    {
        TaskState.Waiting => "waiting",
        TaskState.Ready => "ready",
        TaskState.Admitted => "admitted",
        TaskState.Running => "running",
        TaskState.Frozen => "frozen",
        TaskState.Retrying => "retrying",
        TaskState.Succeeded => "succeeded",
        TaskState.Failed => "failed",
        TaskState.Dead => "dead",
        TaskState.Cancelled => "cancelled",
        TaskState.Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string AllStates { get; } = string.Join(", ", Enum.GetValues<TaskState>().Select(Of));

    /// <summary>Reads state words; false names the first that is none.</summary>
    public static bool TryStates(IReadOnlyList<string> words, out ImmutableArray<TaskState> states, out string? unknown)
    {
        ImmutableArray<TaskState> all = [.. Enum.GetValues<TaskState>()];
        unknown = words.FirstOrDefault(word => !all.Any(state => Of(state) == word));
        states = [.. all.Where(state => words.Contains(Of(state)))];
        return unknown is null;
    }

    public static string Of(GuardActionKind kind) => kind switch
    {
        GuardActionKind.Gate => "gate",
        GuardActionKind.Ungate => "ungate",
        GuardActionKind.Hold => "hold",
        GuardActionKind.Release => "release",
        GuardActionKind.Freeze => "freeze",
        GuardActionKind.Thaw => "thaw",
        GuardActionKind.Reclaim => "reclaim",
        GuardActionKind.Evict => "evict",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Of(GuardCause cause) => cause switch
    {
        GuardCause.FreeMemory => "free_memory",
        GuardCause.Projection => "projection",
        GuardCause.Pressure => "pressure",
        GuardCause.Turn => "turn",
        GuardCause.Deadline => "deadline",
        GuardCause.Recovered => "recovered",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => "succeeded",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.TimedOut => "timed_out",
        AttemptOutcome.OutOfMemory => "out_of_memory",
        AttemptOutcome.Evicted => "evicted",
        AttemptOutcome.Lost => "lost",
        AttemptOutcome.StartFailed => "start_failed",
        AttemptOutcome.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
