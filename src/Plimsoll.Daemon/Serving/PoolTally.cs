using System.Collections.Concurrent;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Serving;

/// <summary>Counts what the pool of slots does: tasks running and queued, ended, and how long they took; folded from durable facts.</summary>
/// <remarks>Written by the loop's thread; numbers are read by anyone.</remarks>
internal sealed class PoolTally : IFactObserver
{
    private readonly ConcurrentDictionary<AttemptId, DateTimeOffset> live = new(); // written by the loop's thread
    private readonly HashSet<TaskId> leases = []; // tasks without a process, which take no slot; owned by the loop's thread
    private int running;
    private int unfinished;
    private long succeeded;
    private long failed;

    /// <summary>Attempts that hold a slot.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Tasks that have not ended and hold no slot.</summary>
    public int Queued => Math.Max(0, Volatile.Read(ref unfinished) - Running);

    /// <summary>Tasks that ended well since the service began.</summary>
    public long Succeeded => Interlocked.Read(ref succeeded);

    /// <summary>Tasks that ended otherwise since the service began.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>True while an attempt holds a slot.</summary>
    public bool IsLive(AttemptId attempt) => live.ContainsKey(attempt);

    /// <summary>When an attempt that holds a slot was admitted.</summary>
    public DateTimeOffset? AdmittedAt(AttemptId attempt) => live.TryGetValue(attempt, out DateTimeOffset at) ? at : null;

    /// <summary>Takes a fact of the journal: it counts for what is there, not for what was done.</summary>
    public void Recover(Fact fact)
    {
        Fold(fact);
        succeeded = 0;
        failed = 0;
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            Fold(facts[i]);
        }
    }

    private void Fold(Fact fact)
    {
        switch (fact)
        {
            case TasksAdded added:
                Interlocked.Add(ref unfinished, added.Block.Count - Leases(added));
                break;
            case AttemptAdmitted admitted when !leases.Contains(admitted.Attempt.Task):
                live[admitted.Attempt] = admitted.At;
                Volatile.Write(ref running, live.Count);
                break;
            case AttemptFinished finished when leases.Contains(finished.Attempt.Task):
                if (finished.Next.HasEnded())
                {
                    leases.Remove(finished.Attempt.Task);
                }

                break;
            case AttemptFinished finished:
                live.TryRemove(finished.Attempt, out _);
                Volatile.Write(ref running, live.Count);
                if (finished.Next.HasEnded())
                {
                    End(1, finished.Next == TaskState.Succeeded);
                }

                break;
            case TasksSkipped skipped:
                End(skipped.Tasks.Length, well: false);
                break;
            case TasksCancelled cancelled:
                End(cancelled.Tasks.Count(task => !leases.Remove(task)), well: false);
                break;
            case TasksRequeued requeued:
                Interlocked.Add(ref unfinished, requeued.Tasks.Length);
                break;
        }
    }

    private int Leases(TasksAdded added)
    {
        int before = leases.Count;
        if (added.Block.Shapes.Any(static shape => shape.Lease is not null))
        {
            for (int i = 0; i < added.Block.Count; i++)
            {
                if (added.Block.Shapes[added.Block.ShapeOf[i]].Lease is not null)
                {
                    leases.Add(new TaskId(added.Run, added.FirstOrdinal + i));
                }
            }
        }

        return leases.Count - before;
    }

    private void End(int tasks, bool well)
    {
        Interlocked.Add(ref unfinished, -tasks);
        Interlocked.Add(ref well ? ref succeeded : ref failed, tasks);
    }
}
