using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Capacity;

/// <summary>What the live attempts of one node hold, and the last reading of the node.</summary>
/// <remarks>Starts and exits change the sums at once; a sample only changes what is measured.</remarks>
internal sealed class NodeLedger
{
    private readonly Dictionary<int, AttemptLease> byHandle = [];

    /// <summary>In the order of admission.</summary>
    public List<AttemptLease> Live { get; } = [];

    public MemorySample? Sample { get; private set; }

    /// <summary>Start nothing before this time (<c>pause_above</c>); a reading, not a fact.</summary>
    public DateTimeOffset PausedUntil { get; set; }

    public long HeldBytes { get; private set; }

    public long HeldMilliCores { get; private set; }

    /// <summary>The part of <see cref="HeldBytes"/> whose release the head waits for.</summary>
    public long AwaitedBytes { get; private set; }

    public long AwaitedMilliCores { get; private set; }

    public int AwaitedCount { get; private set; }

    public bool IsExclusive => Live is [{ Shape.IsExclusive: true }, ..];

    /// <summary>Memory used by others on the host: limit - free - tasks, at least 0.</summary>
    public long ForeignBytes => Sample is { } sample ? Math.Max(0, (sample.Limit - sample.Free - sample.Tasks).Value) : 0;

    public AttemptLease? Find(int handle) => byHandle.GetValueOrDefault(handle);

    public void Add(AttemptLease live)
    {
        byHandle.Add(live.Handle, live);
        Live.Add(live);
        HeldBytes += live.HeldBytes;
        HeldMilliCores += live.Shape.MilliCores;
    }

    public void Remove(AttemptLease live)
    {
        byHandle.Remove(live.Handle);
        Live.Remove(live);
        HeldBytes -= live.HeldBytes;
        HeldMilliCores -= live.Shape.MilliCores;
        Await(live, false);
    }

    /// <summary>Marks whether the head waits for the exit of an attempt.</summary>
    public void Await(AttemptLease live, bool awaited)
    {
        if (live.Awaited != awaited)
        {
            live.Awaited = awaited;
            int sign = awaited ? 1 : -1;
            AwaitedBytes += sign * live.HeldBytes;
            AwaitedMilliCores += sign * live.Shape.MilliCores;
            AwaitedCount += sign;
        }
    }

    /// <summary>Takes a reading and spreads what it says of all tasks over the live ones in proportion to what is reserved for them.</summary>
    public void Take(MemorySample sample)
    {
        Sample = sample;
        double reserved = Live.Sum(static live => (double)live.ReservedBytes);
        HeldBytes = 0;
        AwaitedBytes = 0;
        foreach (AttemptLease live in Live)
        {
            double part = reserved > 0 ? live.ReservedBytes / reserved : 1.0 / Live.Count;
            live.MeasuredBytes = (long)(sample.Tasks.Value * part);
            HeldBytes += live.HeldBytes;
            AwaitedBytes += live.Awaited ? live.HeldBytes : 0;
        }
    }
}
