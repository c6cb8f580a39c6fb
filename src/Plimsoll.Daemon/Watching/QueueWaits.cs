using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Finds the ready task that has waited longest among the heads of all shapes.</summary>
/// <remarks>One caller.</remarks>
internal sealed class QueueWaits
{
    /// <summary>The task that waited longest at the last picture.</summary>
    public TaskId? Oldest { get; private set; }

    /// <summary>Takes a picture.</summary>
    public QueueReading Read(LoadLook look)
    {
        LoadPicture picture = look.Picture;
        (TaskId? before, Oldest) = (Oldest, null);
        DateTimeOffset since = default;
        foreach (HeadLoad head in picture.Heads)
        {
            if (Oldest is null || head.Since < since)
            {
                (Oldest, since) = (head.Task, head.Since);
            }
        }

        return new QueueReading(
            picture.Count(TaskState.Waiting),
            picture.Count(TaskState.Ready),
            picture.Count(TaskState.Retrying),
            (int)(picture.Count(TaskState.Admitted) + picture.Count(TaskState.Running)),
            (int)picture.Count(TaskState.Frozen))
        {
            Oldest = Oldest is { } oldest ? Describe(oldest, since, before == oldest ? look.Oldest : null) : null,
            IntakePaused = picture.IntakePaused,
        };
    }

    private static OldestReady Describe(TaskId task, DateTimeOffset since, Explanation? why) => why is { Reasons: [var first, ..] }
        ? new OldestReady(task, why.Name, since, first.Code, first.Message)
        : new OldestReady(task, task.ToString(), since, "order", "it waits for its turn");
}
