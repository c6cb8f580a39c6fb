using Plimsoll.Journal.Stores;

namespace Plimsoll.Journal.Postgres;

/// <summary>How many connections may be in use: a size that grows to a ceiling while callers wait, and shrinks when they do not.</summary>
internal sealed class ConnectionGate(int least, int size, int ceiling, TimeProvider time)
{
    /// <summary>A caller that has waited this long shows that there are too few.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Without anybody waiting for this long, one fewer is enough.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    /// <summary>What a server that has no room for more leaves us: a writer and a reader.</summary>
    private const int Fewest = 2;

    private readonly int usual = size;
    private readonly int most = Math.Max(size, ceiling);
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = []; // guarded by gate
    private int limit = size; // guarded by gate
    private int inUse; // guarded by gate
    private long pressedAt = time.GetTimestamp(); // guarded by gate: when somebody waited, or the limit was changed
    private TimeSpan longestWait; // guarded by gate

    /// <param name="open">Connections that are open, in use or not.</param>
    internal PoolUse Use(int open)
    {
        lock (gate)
        {
            return new PoolUse(least, limit, most, inUse, Math.Max(open, inUse), waiting.Count, longestWait);
        }
    }

    internal async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            if (inUse < limit && waiting.Count == 0)
            {
                inUse++;
                return;
            }

            pressedAt = time.GetTimestamp();
            place = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        long begun = time.GetTimestamp();
        try
        {
            while (true)
            {
                try
                {
                    await place.Value.Task.WaitAsync(Patience, time, cancellationToken);
                    return;
                }
                catch (TimeoutException)
                {
                    Grow();
                }
            }
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
        finally
        {
            lock (gate)
            {
                TimeSpan waited = time.GetElapsedTime(begun);
                longestWait = waited > longestWait ? waited : longestWait;
            }
        }
    }

    internal void Leave()
    {
        lock (gate)
        {
            inUse--;
            if (waiting.Count == 0 && limit > usual && inUse < limit / 2 && time.GetElapsedTime(pressedAt) > Calm)
            {
                limit--;
                pressedAt = time.GetTimestamp();
            }

            Admit();
        }
    }

    /// <summary>The server has no room for another connection.</summary>
    internal void Refused()
    {
        lock (gate)
        {
            limit = Math.Max(Fewest, Math.Min(limit, inUse - 1));
            pressedAt = time.GetTimestamp();
        }
    }

    private void Grow()
    {
        lock (gate)
        {
            limit = Math.Min(most, limit + 1);
            pressedAt = time.GetTimestamp();
            Admit();
        }
    }

    private void Admit()
    {
        while (inUse < limit && waiting.First is { } next)
        {
            waiting.RemoveFirst();
            inUse++;
            next.Value.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
                return;
            }
        }

        // It was let in while it gave up.
        Leave();
    }
}
