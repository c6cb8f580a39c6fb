namespace Plimsoll.Core.Lifecycle;

/// <summary>What becomes due and when, earliest first; entries that went out of date are dropped when met or when they outnumber the rest.</summary>
internal sealed class DueTimers(Func<Due, bool> isCurrent)
{
    private PriorityQueue<Due, (long Ticks, long Sequence)> queue = new();
    private long sequence;
    private int compactAt = 1024;

    public void Add(Due due)
    {
        if (queue.Count >= compactAt)
        {
            Rebuild(static due => due);
            compactAt = Math.Max(1024, queue.Count * 2);
        }

        queue.Enqueue(due, (due.At.UtcTicks, ++sequence));
    }

    /// <summary>The next entry that is due, or null.</summary>
    public Due? Take(DateTimeOffset now) => Next() <= now ? queue.Dequeue() : null;

    /// <summary>When the next entry becomes due, or null.</summary>
    public DateTimeOffset? Next()
    {
        while (queue.TryPeek(out Due due, out _))
        {
            if (isCurrent(due))
            {
                return due.At;
            }

            queue.Dequeue();
        }

        return null;
    }

    /// <summary>Replaces every current entry; the others are dropped.</summary>
    public void Rebuild(Func<Due, Due> replace)
    {
        var kept = new PriorityQueue<Due, (long, long)>();
        while (queue.TryDequeue(out Due due, out _))
        {
            if (isCurrent(due))
            {
                Due next = replace(due);
                kept.Enqueue(next, (next.At.UtcTicks, ++sequence));
            }
        }

        queue = kept;
    }
}
