using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Leases;

/// <summary>The leases that wait or are held: tasks without a process, which end with their holder, at their release, or when nobody renews them.</summary>
/// <remarks>
/// What a lease is stands in the journal as a task does; renewals do not, so after a restart each has its whole time again. Facts come on the
/// loop's thread, requests from any.
/// </remarks>
internal sealed class LeaseBook(IInputSink inputs, TimeProvider time) : IFactObserver, IAsyncDisposable
{
    private const int Terminated = 15;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Dictionary<TaskId, Lease> leases = []; // guarded by gate
    private readonly Dictionary<AttemptId, HashSet<TaskId>> byHolder = []; // guarded by gate
    private readonly CancellationTokenSource stop = new();
    private readonly long origin = time.GetTimestamp();
    private Task watch = Task.CompletedTask;
    private bool live; // false while the journal is read; guarded by gate

    public IReadOnlyList<LeaseLook> All
    {
        get
        {
            lock (gate)
            {
                return [.. leases.Values.Select(Of)];
            }
        }
    }

    /// <summary>True for a task that is a lease.</summary>
    public bool Has(TaskId task)
    {
        lock (gate)
        {
            return leases.ContainsKey(task);
        }
    }

    public LeaseLook? Find(TaskId task)
    {
        lock (gate)
        {
            return leases.TryGetValue(task, out Lease? lease) ? Of(lease) : null;
        }
    }

    /// <summary>From now on leases end: those whose holder has ended at once, the others after their whole time.</summary>
    /// <param name="isLive">Whether an attempt was alive as the journal ended.</param>
    public void Begin(Func<AttemptId, bool> isLive)
    {
        lock (gate)
        {
            live = true;
            foreach (Lease lease in leases.Values)
            {
                lease.RenewedAt = Now;
                if (lease.Holder is { } holder && !isLive(holder))
                {
                    End(lease, "the task that held it has ended");
                }
                else
                {
                    Bind(lease);
                }
            }
        }

        watch = WatchAsync();
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            Fold(facts[i]);
        }
    }

    /// <summary>Takes a durable fact, of the journal or of the last turn.</summary>
    public void Fold(Fact fact)
    {
        switch (fact)
        {
            case TasksAdded added when added.Block.Shapes.Any(static shape => shape.Lease is not null):
                Add(added);
                break;
            case AttemptAdmitted admitted:
                Change(admitted.Attempt.Task, lease =>
                {
                    lease.Granted = admitted.Attempt;
                    lease.RenewedAt = Now;
                    Bind(lease);
                });
                break;
            case AttemptFinished finished:
                Finish(finished);
                break;
            case TasksCancelled cancelled:
                foreach (TaskId task in cancelled.Tasks)
                {
                    Change(task, Remove);
                }

                break;
        }
    }

    /// <summary>The kernel wants its end.</summary>
    public void Kill(KillAttempt effect)
    {
        if (Has(effect.Attempt.Task))
        {
            inputs.Post(new AttemptEnded(effect.Attempt, new ExitReport(null, Terminated, null, false, default, default, null)));
        }
    }

    /// <summary>Waits until a lease is granted or has ended, or the time is over; it does not expire meanwhile.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<LeaseLook?> WaitAsync(TaskId task, TimeSpan patience, CancellationToken cancellationToken)
    {
        Lease? lease;
        lock (gate)
        {
            if (!leases.TryGetValue(task, out lease))
            {
                return null;
            }

            lease.Watchers++;
        }

        try
        {
            Task over = Task.Delay(patience, time, cancellationToken);
            while (Changing(lease) is { } changed && await Task.WhenAny(changed.Task, over) != over)
            {
            }

            cancellationToken.ThrowIfCancellationRequested();
            lock (gate)
            {
                return Of(lease);
            }
        }
        finally
        {
            lock (gate)
            {
                lease.Watchers--;
                lease.RenewedAt = Now;
            }
        }
    }

    /// <summary>Gives a lease its whole time again.</summary>
    /// <returns>As it stands then; null when there is none.</returns>
    public LeaseLook? Renew(TaskId task)
    {
        lock (gate)
        {
            if (!leases.TryGetValue(task, out Lease? lease) || lease.IsEnding)
            {
                return null;
            }

            lease.RenewedAt = Now;
            return Of(lease);
        }
    }

    /// <summary>Ends a lease, held or waiting.</summary>
    public void Release(TaskId task)
    {
        lock (gate)
        {
            if (leases.TryGetValue(task, out Lease? lease))
            {
                End(lease, null);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    private LeaseLook Of(Lease lease) =>
        new(lease.Id, lease.Shape, lease.Terms, lease.Granted, time.GetUtcNow() + lease.RenewedAt + lease.Ttl - Now, lease.HasEnded);

    private TaskCompletionSource? Changing(Lease lease)
    {
        lock (gate)
        {
            return lease.Granted is null && !lease.HasEnded ? lease.Changed : null;
        }
    }

    private void Add(TasksAdded added)
    {
        lock (gate)
        {
            for (int i = 0; i < added.Block.Count; i++)
            {
                TaskShape shape = added.Block.Shapes[added.Block.ShapeOf[i]];
                if (shape.Lease is null || added.Document.Bindings[i] is not { } binding)
                {
                    continue;
                }

                LeaseTerms terms = JsonSerializer.Deserialize(binding, DaemonJsonContext.Default.LeaseTerms)!;
                var lease = new Lease(new TaskId(added.Run, added.FirstOrdinal + i), shape, terms) { RenewedAt = Now };
                leases[lease.Id] = lease;
                if (lease.Holder is { } holder)
                {
                    if (!byHolder.TryGetValue(holder, out HashSet<TaskId>? held))
                    {
                        byHolder[holder] = held = [];
                    }

                    held.Add(lease.Id);
                }
            }
        }
    }

    private void Finish(AttemptFinished finished)
    {
        Change(finished.Attempt.Task, lease =>
        {
            lease.Granted = null;
            if (finished.Next.HasEnded())
            {
                Remove(lease);
            }
        });
        lock (gate)
        {
            if (live && byHolder.TryGetValue(finished.Attempt, out HashSet<TaskId>? held))
            {
                foreach (TaskId task in held)
                {
                    End(leases[task], "the task that held it has ended");
                }
            }
        }
    }

    private void Change(TaskId task, Action<Lease> change)
    {
        lock (gate)
        {
            if (leases.TryGetValue(task, out Lease? lease))
            {
                change(lease);
                TaskCompletionSource changed = lease.Changed;
                lease.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed.TrySetResult();
            }
        }
    }

    private void Remove(Lease lease)
    {
        lease.HasEnded = true;
        leases.Remove(lease.Id);
        if (lease.Holder is { } holder && byHolder.TryGetValue(holder, out HashSet<TaskId>? held) && held.Remove(lease.Id) && held.Count == 0)
        {
            byHolder.Remove(holder);
        }
    }

    private void Bind(Lease lease)
    {
        if (live && lease is { Granted: { } granted, Holder: { } holder })
        {
            inputs.Post(new BindLease(granted, holder));
        }
    }

    /// <param name="failure">Why it ends without having been released; null = it was.</param>
    private void End(Lease lease, string? failure)
    {
        if (lease.IsEnding)
        {
            return;
        }

        lease.IsEnding = true;
        inputs.Post(lease.Granted is { } granted
            ? new AttemptEnded(granted, failure is null ? ExitReport.Success : ExitReport.Exited(1) with { Failure = failure })
            : new CancelTask(lease.Id, failure ?? "released before it was granted"));
    }

    private async Task WatchAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var tick = new PeriodicTimer(Look, time);
        while (await tick.WaitForNextTickAsync(stop.Token))
        {
            lock (gate)
            {
                TimeSpan now = Now;
                foreach (Lease lease in leases.Values)
                {
                    if (lease.Watchers == 0 && now - lease.RenewedAt >= lease.Ttl)
                    {
                        End(lease, $"nobody renewed it for {lease.Ttl.TotalSeconds:0.#} s");
                    }
                }
            }
        }
    }
}
