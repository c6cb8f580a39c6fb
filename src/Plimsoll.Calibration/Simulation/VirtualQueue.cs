namespace Plimsoll.Calibration.Simulation;

/// <summary>What is to come in virtual time, earliest first, and in the order of posting at one moment.</summary>
internal sealed class VirtualQueue<T>
{
    private readonly PriorityQueue<T, (long Ticks, long Sequence)> queue = new();
    private long sequence;

    /// <summary>When the next comes; null = nothing is to come.</summary>
    public DateTimeOffset? Next => queue.TryPeek(out _, out (long Ticks, long Sequence) at) ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : null;

    public void Post(DateTimeOffset at, T item) => queue.Enqueue(item, (at.UtcTicks, ++sequence));

    /// <summary>The next that has come by then.</summary>
    public bool TryTake(DateTimeOffset now, out T item)
    {
        if (queue.TryPeek(out item!, out (long Ticks, long Sequence) at) && at.Ticks <= now.UtcTicks)
        {
            queue.Dequeue();
            return true;
        }

        return false;
    }
}
