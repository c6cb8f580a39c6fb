using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;

namespace Plimsoll.Engine.Guarding;

/// <summary>A footprint meter for each attempt that lives long enough to be sampled.</summary>
/// <remarks>Fed by the watch; finished by whoever learns of an attempt's end.</remarks>
internal sealed class FootprintMeters
{
    /// <summary>Readings after which a meter of an attempt that is not seen any more is dropped: its end was reported before its last reading.</summary>
    private const long Forgotten = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<AttemptId, Entry> entries = []; // guarded by gate
    private readonly List<AttemptId> gone = []; // of the watch
    private long round;

    public void Add(ReadOnlySpan<TaskSample> samples, GuardView view, DateTimeOffset now)
    {
        lock (gate)
        {
            round++;
            foreach (ref readonly TaskSample sample in samples)
            {
                if (!entries.TryGetValue(sample.Attempt, out Entry? entry))
                {
                    entry = new Entry(BeginOf(sample.Attempt, view) ?? now);
                    entries.Add(sample.Attempt, entry);
                }

                entry.Round = round;
                entry.Meter.Add(sample, now - entry.Began);
            }

            if (round % Forgotten == 0)
            {
                Prune();
            }
        }
    }

    public AttemptFootprint? Finish(AttemptId attempt, DateTimeOffset now)
    {
        lock (gate)
        {
            return entries.Remove(attempt, out Entry? entry) ? entry.Meter.Finish(now - entry.Began) : null;
        }
    }

    private static DateTimeOffset? BeginOf(AttemptId attempt, GuardView view)
    {
        foreach (ref readonly GuardTask task in view.Tasks.AsSpan())
        {
            if (task.Attempt == attempt)
            {
                return task.Began;
            }
        }

        return null;
    }

    private void Prune()
    {
        gone.Clear();
        foreach ((AttemptId attempt, Entry entry) in entries)
        {
            if (entry.Round + Forgotten <= round)
            {
                gone.Add(attempt);
            }
        }

        foreach (AttemptId attempt in gone)
        {
            entries.Remove(attempt);
        }
    }

    private sealed class Entry(DateTimeOffset began)
    {
        public FootprintMeter Meter { get; } = new();

        public DateTimeOffset Began { get; } = began;

        public long Round { get; set; }
    }
}
