using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Keeps a feeder of tasks (<c>plimsoll map</c>) a bounded distance ahead of the work.</summary>
internal sealed class FeedWindow(RunId run, int most) : IFactObserver, IDisposable
{
    private readonly SemaphoreSlim changed = new(0, 1);
    private int unfinished;

    /// <summary>Waits until fewer than the most allowed tasks are accepted but not ended, then counts <paramref name="tasks"/> more.</summary>
    public async Task ReserveAsync(int tasks, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref unfinished) >= most)
        {
            await changed.WaitAsync(cancellationToken);
        }

        Interlocked.Add(ref unfinished, tasks);
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        int ended = 0;
        for (int i = 0; i < facts.Count; i++)
        {
            ended += facts[i] switch
            {
                AttemptFinished { Next: >= TaskState.Succeeded } fact when fact.Attempt.Task.Run == run => 1,
                TasksCancelled { Tasks: [var first, ..] } fact when first.Run == run => fact.Tasks.Length,
                _ => 0,
            };
        }

        if (ended > 0)
        {
            Interlocked.Add(ref unfinished, -ended);
            if (changed.CurrentCount == 0)
            {
                changed.Release();
            }
        }
    }

    public void Dispose() => changed.Dispose();
}
