using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Watching;

/// <summary>Asks the loop for a picture: one question between two turns, O(live + classes + locks).</summary>
internal sealed class LoadReader(LoopHost loop)
{
    private const int Shown = 20;

    // A loop that is busy for longer leaves a gap in the series rather than a queue of questions.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="oldest">Task to explain besides.</param>
    /// <param name="line">Whether the first tasks in line are asked for.</param>
    /// <returns>Null when the loop does not answer.</returns>
    public async Task<LoadLook?> ReadAsync(TaskId? oldest, bool line, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await loop.Calls.AskAsync((kernel, now) => Look(kernel, now, oldest, line)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception silent) when (silent is TimeoutException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static LoadLook Look(Kernel kernel, DateTimeOffset now, TaskId? oldest, bool line)
    {
        LoadPicture picture = kernel.Load(now);
        Explanation? why = oldest is { } task && kernel.Has(task.Run) ? kernel.Explain(task, now) : null;
        return new LoadLook(picture, kernel.Limits, line ? kernel.Line(now, Shown).Waiting : [], why is { State: TaskState.Ready } ? why : null);
    }
}
