using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;
using static Plimsoll.Journal.Postgres.ColumnKind;

namespace Plimsoll.Journal.Postgres;

/// <summary>Rows of every fact that is not an attempt's own life, with what it changes in the run and its tasks.</summary>
internal sealed class EventBuffers(ProgressBuffers progress)
{
    private readonly RowBuffer add = RowBuffer.Into("event", Whole, Whole, Text, MaybeWhole, MaybeWhole, Json);

    private readonly RowBuffer learn = new(
        """
        INSERT INTO class_profile SELECT {columns} FROM {rows} ON CONFLICT (class) DO UPDATE SET position = excluded.position, at = excluded.at,
          measured = excluded.measured, predicted = excluded.predicted, exceeded = excluded.exceeded, detail = excluded.detail
        """,
        Text, Whole, Whole, Whole, Whole, Whole, Json);

    private readonly RowBuffer open = new("INSERT INTO run (id, name, origin, opened_at, fence_floor) SELECT a, b, c, d, e FROM {rows}", Whole, Text, Text, Whole, Whole);
    private readonly RowBuffer seal = new("UPDATE run SET sealed = 1 FROM {rows} WHERE id = a", Whole);
    private readonly RowBuffer cancel = new("UPDATE run SET cancelled = 1 FROM {rows} WHERE id = a", Whole);
    private readonly RowBuffer finish = new("UPDATE run SET finished_at = b FROM {rows} WHERE id = a", Whole, MaybeWhole);
    private readonly RowBuffer priority = new("INSERT INTO task_priority SELECT a, b FROM {rows} ON CONFLICT (task) DO UPDATE SET priority = excluded.priority", Whole, Whole);

    private readonly RowBuffer put = new(
        "INSERT INTO record SELECT a, b, c, d FROM {rows} ON CONFLICT (kind, key) DO UPDATE SET at = excluded.at, detail = excluded.detail", Text, Text, Whole, Text);

    private readonly RowBuffer remove = new("DELETE FROM record USING {rows} WHERE kind = a AND key = b", Text, Text);

    // What replaces itself within a commit; the last one counts.
    private readonly Dictionary<string, (long Position, ClassLearned Fact, string Json)> learned = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskId, int> priorities = [];
    private readonly Dictionary<RunId, long?> finished = [];
    private readonly Dictionary<(string Kind, string Key), (long At, string? Detail)> records = [];

    internal IReadOnlyList<RowBuffer> All => [add, learn, open, seal, cancel, finish, priority, put, remove];

    internal void Write(Fact fact, long position, long lastFence)
    {
        EventRow row = EventRow.Of(fact);
        long at = JournalTime.Of(row.At);
        if (fact is ClassLearned profile)
        {
            learned[profile.Class] = (position, profile, row.Json);
            return;
        }

        add.Add(position).Add(at).Add(row.Kind).Add((long?)row.Run?.Value).Add(row.Task?.Value).Add(row.Json);
        switch (fact)
        {
            case RunOpened x:
                open.Add((long)x.Run.Value).Add(x.Name).Add(x.Origin).Add(at).Add(lastFence);
                break;
            case RunSealed x:
                seal.Add((long)x.Run.Value);
                break;
            case RunCancelled x:
                cancel.Add((long)x.Run.Value);
                break;
            case RunFinished x:
                finished[x.Run] = at;
                break;
            case PriorityChanged x:
                priorities[x.Task] = x.Priority;
                break;
            case AttemptFrozen x:
                progress.Move([x.Attempt.Task], TaskState.Frozen, at, null);
                break;
            case AttemptThawed x:
                progress.Move([x.Attempt.Task], TaskState.Running, at, null);
                break;
            case TasksCancelled x:
                progress.Move(x.Tasks.AsSpan(), TaskState.Cancelled, at, x.Reason);
                break;
            case TasksSkipped x:
                progress.Move(x.Tasks.AsSpan(), TaskState.Skipped, at, x.Reason);
                break;
            case TasksRequeued x:
                progress.Move(x.Tasks.AsSpan(), TaskState.Waiting, at, x.Reason);
                finished[x.Tasks[0].Run] = null;
                break;
        }
    }

    internal void Write(RecordsChanged fact)
    {
        foreach (ServiceRecord record in fact.Records)
        {
            records[(record.Kind, record.Key)] = (JournalTime.Of(fact.At), record.Detail);
        }
    }

    internal void Settle()
    {
        foreach ((long position, ClassLearned fact, string json) in learned.Values)
        {
            learn.Add(fact.Class).Add(position).Add(JournalTime.Of(fact.At)).Add(fact.Profile.Measured).Add(fact.Profile.Predicted).Add(fact.Profile.Exceeded).Add(json);
        }

        foreach ((TaskId task, int value) in priorities)
        {
            priority.Add(task.Value).Add((long)value);
        }

        foreach ((RunId run, long? at) in finished)
        {
            finish.Add((long)run.Value).Add(at);
        }

        foreach (((string kind, string key), (long at, string? detail)) in records)
        {
            _ = detail is null ? remove.Add(kind).Add(key) : put.Add(kind).Add(key).Add(at).Add(detail);
        }

        learned.Clear();
        priorities.Clear();
        finished.Clear();
        records.Clear();
    }
}
