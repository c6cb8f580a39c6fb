using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Writes every fact that is not an attempt's own life, with what it changes in the run and its tasks.</summary>
internal sealed class EventTable(SqliteDatabase database)
{
    private readonly SqliteStatement add = database.Prepare("INSERT INTO event VALUES (?1,?2,?3,?4,?5,?6)");
    private readonly SqliteStatement learn = database.Prepare("REPLACE INTO class_profile VALUES (?1,?2,?3,?4,?5,?6,?7)");
    private readonly SqliteStatement openRun = database.Prepare("INSERT INTO run (id, name, origin, opened_at, fence_floor) VALUES (?1,?2,?3,?4,?5)");
    private readonly SqliteStatement sealRun = database.Prepare("UPDATE run SET sealed = 1 WHERE id = ?1");
    private readonly SqliteStatement cancelRun = database.Prepare("UPDATE run SET cancelled = 1 WHERE id = ?1");
    private readonly SqliteStatement finishRun = database.Prepare("UPDATE run SET finished_at = ?2 WHERE id = ?1");
    private readonly SqliteStatement reprioritise = database.Prepare("REPLACE INTO task_priority VALUES (?1,?2)");
    private readonly SqliteStatement move = database.Prepare(
        "INSERT INTO task_progress VALUES (?1,?2,0,?3,0,?4) ON CONFLICT (task) DO UPDATE SET state = ?2, changed_at = ?3, reason = ?4");

    internal void Write(Fact fact, long position, long lastFence)
    {
        EventRow row = EventRow.Of(fact);
        long at = JournalTime.Of(row.At);
        if (fact is ClassLearned learned)
        {
            // It replaces what was known before, so there is nothing to keep of that.
            learn.Bind(1, learned.Class).Bind(2, position).Bind(3, at).Bind(4, learned.Profile.Measured).Bind(5, learned.Profile.Predicted)
                .Bind(6, learned.Profile.Exceeded).Bind(7, row.Json).Run();
            return;
        }

        add.Bind(1, position).Bind(2, at).Bind(3, row.Kind).Bind(4, row.Run?.Value).Bind(5, row.Task?.Value).Bind(6, row.Json).Run();
        switch (fact)
        {
            case RunOpened x:
                openRun.Bind(1, x.Run.Value).Bind(2, x.Name).Bind(3, x.Origin).Bind(4, at).Bind(5, lastFence).Run();
                break;
            case RunSealed x:
                sealRun.Bind(1, x.Run.Value).Run();
                break;
            case RunCancelled x:
                cancelRun.Bind(1, x.Run.Value).Run();
                break;
            case RunFinished x:
                finishRun.Bind(1, x.Run.Value).Bind(2, at).Run();
                break;
            case PriorityChanged x:
                reprioritise.Bind(1, x.Task.Value).Bind(2, x.Priority).Run();
                break;
            case AttemptFrozen x:
                Move([x.Attempt.Task], TaskState.Frozen, at, null);
                break;
            case AttemptThawed x:
                Move([x.Attempt.Task], TaskState.Running, at, null);
                break;
            case TasksCancelled x:
                Move(x.Tasks.AsSpan(), TaskState.Cancelled, at, x.Reason);
                break;
            case TasksSkipped x:
                Move(x.Tasks.AsSpan(), TaskState.Skipped, at, x.Reason);
                break;
            case TasksRequeued x:
                Move(x.Tasks.AsSpan(), TaskState.Waiting, at, x.Reason);
                finishRun.Bind(1, x.Tasks[0].Run.Value).BindNull(2).Run();
                break;
        }
    }

    private void Move(ReadOnlySpan<TaskId> tasks, TaskState state, long at, string? reason)
    {
        foreach (TaskId task in tasks)
        {
            move.Bind(1, task.Value).Bind(2, (long)state).Bind(3, at).Bind(4, reason).Run();
        }
    }
}
