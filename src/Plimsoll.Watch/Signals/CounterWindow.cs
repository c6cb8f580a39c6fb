namespace Plimsoll.Watch.Signals;

/// <summary>How much a counter grew over a stretch of time, from about 60 points; a smaller value than before is a restart and counts from zero.</summary>
internal sealed class CounterWindow(TimeSpan span)
{
    private readonly Queue<(DateTimeOffset At, long Total)> points = new();
    private readonly TimeSpan step = span / 60;
    private long last = -1;
    private long total; // growth since the first value
    private DateTimeOffset newest;

    /// <summary>Takes a value; returns what was added within the span.</summary>
    public long Add(DateTimeOffset at, long value)
    {
        total += last < 0 ? 0 : value >= last ? value - last : value;
        if (last < 0 || at - newest >= step)
        {
            points.Enqueue((at, last < 0 || value < last ? total : total - (value - last)));
            newest = at;
        }

        last = value;
        while (points.Count > 1 && points.Peek().At < at - span)
        {
            points.Dequeue();
        }

        return total - points.Peek().Total;
    }

    /// <summary>From the first point that is kept until now.</summary>
    public TimeSpan Covered(DateTimeOffset at) => points.TryPeek(out (DateTimeOffset At, long Total) first) ? at - first.At : TimeSpan.Zero;
}
