using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;

namespace Plimsoll.Journal.InMemory;

/// <summary>Where a task is now; changed by the ledger only.</summary>
internal sealed class MemoryTask(TaskId id, string name, string @class, int priority)
{
    internal TaskId Id { get; } = id;

    internal string Name { get; } = name;

    internal string Class { get; } = @class;

    internal TaskState State { get; private set; }

    internal int Priority { get; set; } = priority;

    internal List<AttemptRecord> Attempts { get; } = [];

    internal IReadOnlyDictionary<string, string>? Outputs { get; set; }

    internal DateTimeOffset? ChangedAt { get; private set; }

    private string? Reason { get; set; }

    internal void Move(TaskState state, DateTimeOffset at, string? reason)
    {
        State = state;
        ChangedAt = at;
        Reason = reason;
    }

    internal void Change(AttemptId attempt, Func<AttemptRecord, AttemptRecord> change)
    {
        int index = Attempts.FindLastIndex(record => record.Attempt == attempt);
        if (index >= 0)
        {
            Attempts[index] = change(Attempts[index]);
        }
    }

    internal TaskRecord Record()
    {
        AttemptRecord? last = Attempts.Count == 0 ? null : Attempts[^1];
        return new TaskRecord(
            Id, Name, Class, State, Priority, last?.Attempt.Number ?? 0, last?.AdmittedAt, State >= TaskState.Succeeded ? ChangedAt : null, Reason ?? last?.Reason)
        {
            Usage = Attempts.Aggregate(default(ModelUsage), (sum, attempt) => sum + (attempt.Usage ?? default)),
        };
    }
}
