using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Finds the ready task that has waited longest among the heads of all shapes, and how long locks are waited for.</summary>
/// <remarks>The kernel keeps no time of becoming ready: a task counts from its adding, or, where it had needs, from when it was first seen at the head of its shape. One caller.</remarks>
internal sealed class QueueWaits
{
    private readonly Dictionary<TaskId, DateTimeOffset> heads = [];
    private readonly Dictionary<(string Name, int Kind, long Ticket), DateTimeOffset> sleepers = [];

    /// <summary>The task that waited longest at the last picture.</summary>
    public TaskId? Oldest { get; private set; }

    public DateTimeOffset OldestSince { get; private set; }

    /// <summary>Takes a picture.</summary>
    public QueueReading Read(LoadLook look)
    {
        LoadPicture picture = look.Picture;
        (TaskId? before, Oldest) = (Oldest, null);
        HashSet<TaskId> seen = [];
        foreach (HeadLoad head in picture.Heads)
        {
            seen.Add(head.Task);
            if (!heads.TryGetValue(head.Task, out DateTimeOffset since))
            {
                heads[head.Task] = since = look.AddedAt.TryGetValue(head.Task, out DateTimeOffset added) && added < picture.At ? added : picture.At;
            }

            if (Oldest is null || since < OldestSince)
            {
                (Oldest, OldestSince) = (head.Task, since);
            }
        }

        Keep(heads, seen);
        return new QueueReading(
            picture.Count(TaskState.Waiting),
            picture.Count(TaskState.Ready),
            picture.Count(TaskState.Retrying),
            (int)(picture.Count(TaskState.Admitted) + picture.Count(TaskState.Running)),
            (int)picture.Count(TaskState.Frozen))
        {
            Oldest = Oldest is { } oldest ? Describe(oldest, before == oldest ? look.Oldest : null) : null,
            IntakePaused = picture.IntakePaused,
        };
    }

    /// <summary>How long the first who waits for a lock has waited.</summary>
    public TimeSpan WaitAt(LockLoad one, DateTimeOffset at)
    {
        if (one.FirstTicket == 0)
        {
            return TimeSpan.Zero;
        }

        (string, int, long) key = (one.Name, (int)one.Kind, one.FirstTicket);
        if (!sleepers.TryGetValue(key, out DateTimeOffset since))
        {
            sleepers[key] = since = at;
        }

        return at - since;
    }

    /// <summary>Forgets who does not wait any more.</summary>
    public void Settle(LoadPicture picture) => Keep(sleepers, [.. picture.Locks.Select(static one => (one.Name, (int)one.Kind, one.FirstTicket))]);

    private OldestReady Describe(TaskId task, Explanation? why) => why is { Reasons: [var first, ..] }
        ? new OldestReady(task, why.Name, OldestSince, first.Code, first.Message)
        : new OldestReady(task, task.ToString(), OldestSince, "order", "it waits for its turn");

    private static void Keep<TKey>(Dictionary<TKey, DateTimeOffset> times, HashSet<TKey> present)
        where TKey : notnull
    {
        foreach (TKey gone in times.Keys.Where(key => !present.Contains(key)).ToArray())
        {
            times.Remove(gone);
        }
    }
}
