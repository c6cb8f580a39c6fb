using System.Collections.Concurrent;
using System.Text.Json;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Messages;

/// <summary>Tasks that were made of messages: which owe an answer, and to which conversation each belongs.</summary>
/// <remarks>Written by the desk and by the loop's thread, read by anyone. Answered ones are kept for a while, because what they started may still speak.</remarks>
internal sealed class ErrandBook(Lineage lineage, Action wake) : IFactObserver
{
    private const int MostAnswered = 20_000;
    private const int Page = 10_000;
    private const int Deepest = 100;

    /// <summary>Output of a task that is its answer.</summary>
    private const string AnswerName = "answer";

    private readonly ConcurrentDictionary<TaskId, KeptErrand> errands = new();
    private readonly ConcurrentDictionary<long, int> threads = new(); // tasks of each conversation that is remembered
    private readonly Queue<TaskId> answered = new(); // oldest first; owned by the desk's pump
    private readonly ConcurrentQueue<EndedErrand> due = new(); // bounded by the tasks that were made of messages

    public static ServiceRecord Record(TaskId task, KeptErrand? errand) =>
        new(KeptErrand.RecordKind, task.ToString(), errand is null ? null : JsonSerializer.Serialize(errand, DaemonJsonContext.Default.KeptErrand));

    /// <summary>Reads what is kept; what ended while nobody looked is due.</summary>
    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        string after = "";
        while (await reader.RecordsAsync(KeptErrand.RecordKind, after, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (ServiceRecord record in records)
            {
                if (Lineage.TryTask(record.Key, out TaskId task))
                {
                    Add(task, JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptErrand)!);
                }
            }

            after = records[^1].Key;
        }

        foreach ((TaskId task, KeptErrand errand) in errands.OrderBy(static one => one.Key.Value))
        {
            if (errand.Answered)
            {
                answered.Enqueue(task);
            }
            else if (await EndAsync(reader, task, cancellationToken) is { } ended)
            {
                due.Enqueue(ended);
            }
        }
    }

    public KeptErrand? Find(TaskId task) => errands.GetValueOrDefault(task);

    /// <summary>The errand on which a task works, itself or through those that submitted it; null = none.</summary>
    public KeptErrand? Nearest(TaskId? task)
    {
        for (int depth = 0; task is { } at && depth < Deepest; depth++)
        {
            if (errands.TryGetValue(at, out KeptErrand? errand))
            {
                return errand;
            }

            task = lineage.ParentOf(at);
        }

        return null;
    }

    /// <summary>How many tasks a conversation has had.</summary>
    public int TasksOf(long thread) => threads.GetValueOrDefault(thread);

    /// <summary>Known before it is durable: the task may end in the next turn.</summary>
    public void Add(TaskId task, KeptErrand errand)
    {
        errands[task] = errand;
        threads.AddOrUpdate(errand.Thread, 1, static (_, count) => count + 1);
    }

    /// <summary>Marks an errand as answered; gives what the journal is to write and to drop.</summary>
    public IReadOnlyList<ServiceRecord> Answer(TaskId task, KeptErrand errand)
    {
        KeptErrand done = errand with { Answered = true };
        errands[task] = done;
        answered.Enqueue(task);
        if (answered.Count <= MostAnswered)
        {
            return [Record(task, done)];
        }

        TaskId oldest = answered.Dequeue();
        if (errands.TryRemove(oldest, out KeptErrand? gone) && threads.AddOrUpdate(gone.Thread, 0, static (_, count) => count - 1) <= 0)
        {
            threads.TryRemove(gone.Thread, out _);
        }

        return [Record(task, done), Record(oldest, null)];
    }

    public bool AnyDue => !due.IsEmpty;

    public bool TryTake(out EndedErrand ended) => due.TryDequeue(out ended!);

    public void Return(EndedErrand ended) => due.Enqueue(ended);

    public void Observe(IReadOnlyList<Fact> facts)
    {
        bool any = false;
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptFinished finished when finished.Next.HasEnded() && Owes(finished.Attempt.Task):
                    due.Enqueue(new EndedErrand(finished.Attempt.Task, finished.Next, finished.Attempt, finished.Report.Outputs?.GetValueOrDefault(AnswerName), finished.Reason));
                    any = true;
                    break;
                case TasksCancelled cancelled:
                    any |= Take(cancelled.Tasks, TaskState.Cancelled, cancelled.Reason);
                    break;
                case TasksSkipped skipped:
                    any |= Take(skipped.Tasks, TaskState.Skipped, skipped.Reason);
                    break;
            }
        }

        if (any)
        {
            wake();
        }
    }

    private static async Task<EndedErrand?> EndAsync(IJournalReader reader, TaskId task, CancellationToken cancellationToken)
    {
        if (await reader.TasksAsync(new TaskQuery(task.Run, [], null, new TaskId(task.Value - 1), 1), cancellationToken) is not [var record] || record.Task != task)
        {
            return new EndedErrand(task, TaskState.Cancelled, null, null, "its task has been cleaned away");
        }

        if (!record.State.HasEnded())
        {
            return null;
        }

        AttemptId? last = await reader.AttemptsAsync(task, cancellationToken) is [.., var attempt] ? attempt.Attempt : null;
        string? answer = record.State == TaskState.Succeeded ? (await reader.OutputsAsync(task, cancellationToken)).GetValueOrDefault(AnswerName) : null;
        return new EndedErrand(task, record.State, last, answer, record.Reason);
    }

    private bool Owes(TaskId task) => errands.TryGetValue(task, out KeptErrand? errand) && !errand.Answered;

    private bool Take(IEnumerable<TaskId> tasks, TaskState state, string reason)
    {
        bool any = false;
        foreach (TaskId task in tasks.Where(Owes))
        {
            due.Enqueue(new EndedErrand(task, state, null, null, reason));
            any = true;
        }

        return any;
    }
}
