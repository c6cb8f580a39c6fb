using Plimsoll.Core.Identity;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of the queue: waits, starvation and throughput.</summary>
internal sealed class QueueSignals
{
    // Others that must have been started meanwhile for a wait to be called starvation.
    private const long Overtaken = 20;

    private readonly ThroughputMeter throughput = new();
    private (TaskId Task, DateTimeOffset Since, long Started)? oldest;

    public void Read(WatchSample sample, SignalSet set)
    {
        if (sample.Queue is not { } queue)
        {
            return;
        }

        set.Set("tasks.ready", queue.Ready);
        set.Set("tasks.running", queue.Running);
        set.Set("tasks.frozen", queue.Frozen);
        bool paused = queue.IntakePaused || queue.Oldest?.Code == "paused";
        double wait = queue.Oldest is { } first && !paused ? Math.Max(0, (sample.At - first.Since).TotalSeconds) : 0;
        string detail = queue.Oldest is { } one ? $"{one.Name}: {one.Reason}; {queue.Ready} ready, {queue.Running} running" : "";
        set.Set("queue.wait", wait, detail);
        if (sample.Counters is { } counters)
        {
            set.Set("queue.starved", Starved(queue, counters.Started, sample.At) && !paused ? wait : 0, detail);
        }

        if (throughput.Read(sample) is { } lost)
        {
            set.Set("throughput.lost", lost.Value, lost.Detail);
        }
    }

    private bool Starved(QueueReading queue, long started, DateTimeOffset at)
    {
        if (queue.Oldest is not { } first)
        {
            oldest = null;
            return false;
        }

        if (oldest is not { } known || known.Task != first.Task || started < known.Started)
        {
            oldest = known = (first.Task, at, started);
        }

        // A limit of a service outside lets nobody past who wants the same: there the wait is the limit's.
        return started - known.Started >= Overtaken && first.Code is not ("limit" or "quota" or "backoff");
    }
}
