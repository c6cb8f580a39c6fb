using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Serving;

/// <summary>Tells those who wait when tasks and runs have ended; a task that waits gives back its slot meanwhile.</summary>
/// <remarks>
/// Facts come on the loop's thread, waits from any. A task that goes on after its wait goes on above the count if need be: taking a slot anew
/// could make it wait for ever for tasks that wait themselves.
/// </remarks>
internal sealed class TaskWaits(LoopHost loop, TimeProvider time) : IFactObserver
{
    private readonly Lock gate = new();
    private readonly Dictionary<TaskId, TaskCompletionSource> tasks = []; // guarded by gate
    private readonly Dictionary<RunId, TaskCompletionSource> runs = []; // guarded by gate
    private readonly Dictionary<AttemptId, int> yielding = []; // open waits of each attempt; guarded by gate

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptFinished finished when finished.Next.HasEnded():
                    Tell(finished.Attempt.Task);
                    break;
                case TasksSkipped skipped:
                    Tell(skipped.Tasks);
                    break;
                case TasksCancelled cancelled:
                    Tell(cancelled.Tasks);
                    break;
                case RunFinished finished:
                    Take(runs, finished.Run)?.TrySetResult();
                    break;
            }
        }
    }

    /// <summary>Waits until all have ended or the time is over.</summary>
    public async Task<bool> WaitAsync(Caller caller, IReadOnlyList<WaitTarget> targets, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero)
        {
            return await PendingAsync(targets, cancellationToken) is null;
        }

        Yield(caller.Attempt, 1);
        try
        {
            Task over = Task.Delay(patience, time, cancellationToken);
            while (await PendingAsync(targets, cancellationToken) is { } pending)
            {
                if (await Task.WhenAny(pending, over) == over)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return await PendingAsync(targets, cancellationToken) is null;
                }
            }

            return true;
        }
        finally
        {
            Yield(caller.Attempt, -1);
        }
    }

    /// <summary>Completes when the first of those that have not ended does; null when all have.</summary>
    private async Task<Task?> PendingAsync(IReadOnlyList<WaitTarget> targets, CancellationToken cancellationToken)
    {
        foreach (WaitTarget target in targets)
        {
            // Registered before the look: an end in between is not missed.
            Task ended = target.Task is { } task ? Register(tasks, task) : Register(runs, target.Run);
            if (!await HasEndedAsync(target, cancellationToken))
            {
                return ended;
            }

            _ = target.Task is { } over ? Take(tasks, over)?.TrySetResult() : Take(runs, target.Run)?.TrySetResult();
        }

        return null;
    }

    private async Task<bool> HasEndedAsync(WaitTarget target, CancellationToken cancellationToken)
    {
        if (target.Task is not { } task)
        {
            return await loop.State.Reader.RunAsync(target.Run, cancellationToken) is not { FinishedAt: null };
        }

        TaskState? state = await loop.Calls.AskAsync((_, _) => loop.Registry.Find(task.Run) is { } known && task.Ordinal < known.Count ? known.StateOf(task.Ordinal) : (TaskState?)null);
        return state is { } inMemory
            ? inMemory.HasEnded()
            : await loop.State.Reader.TasksAsync(new TaskQuery(task.Run, [], null, new TaskId(task.Value - 1), 1), cancellationToken) is not [var record]
                || record.Task != task || record.State.HasEnded();
    }

    private Task Register<TKey>(Dictionary<TKey, TaskCompletionSource> waiting, TKey key)
        where TKey : notnull
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(key, out TaskCompletionSource? ended))
            {
                waiting[key] = ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return ended.Task;
        }
    }

    private void Tell(IEnumerable<TaskId> ended)
    {
        foreach (TaskId task in ended)
        {
            Tell(task);
        }
    }

    private void Tell(TaskId task) => Take(tasks, task)?.TrySetResult();

    private TaskCompletionSource? Take<TKey>(Dictionary<TKey, TaskCompletionSource> waiting, TKey key)
        where TKey : notnull
    {
        lock (gate)
        {
            return waiting.Remove(key, out TaskCompletionSource? ended) ? ended : null;
        }
    }

    private void Yield(AttemptId? attempt, int change)
    {
        if (attempt is not { } waiting)
        {
            return;
        }

        lock (gate)
        {
            int before = yielding.GetValueOrDefault(waiting);
            int after = before + change;
            if (after == 0)
            {
                yielding.Remove(waiting);
            }
            else
            {
                yielding[waiting] = after;
            }

            if ((before == 0) != (after == 0))
            {
                // Posted under the lock, so that the last word is the one that counts.
                loop.Inputs.Post(new YieldSlot(waiting, after > 0));
            }
        }
    }
}
