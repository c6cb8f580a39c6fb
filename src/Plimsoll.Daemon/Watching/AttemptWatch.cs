using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Adds to each live attempt what is seen from outside: memory and processor time of the last probe, when it last wrote, when it last spoke to a model.</summary>
/// <remarks>One caller. Output is seen by the growth of its files, not by their times, so a clock that jumps makes no difference.</remarks>
internal sealed class AttemptWatch(AttemptLayout layout, Func<NodeSample?> latest, Func<GatewayLink?> gateway)
{
    private readonly Dictionary<AttemptId, Activity> known = [];

    public ImmutableArray<AttemptReading> Read(LoadPicture picture)
    {
        Dictionary<AttemptId, TaskSample> samples = latest() is { Tasks.IsDefault: false } node ? node.Tasks.ToDictionary(static task => task.Attempt) : [];
        ImmutableArray<AttemptReading>.Builder readings = ImmutableArray.CreateBuilder<AttemptReading>();
        foreach (LiveLoad live in picture.Live)
        {
            if (!live.IsLease && live.StartedAt is { } startedAt)
            {
                readings.Add(Read(live, startedAt, samples, picture.At));
            }
        }

        if (known.Count > readings.Count)
        {
            HashSet<AttemptId> alive = [.. readings.Select(static reading => reading.Attempt)];
            foreach (AttemptId gone in known.Keys.Where(attempt => !alive.Contains(attempt)).ToArray())
            {
                known.Remove(gone);
            }
        }

        return readings.ToImmutable();
    }

    private AttemptReading Read(LiveLoad live, DateTimeOffset startedAt, Dictionary<AttemptId, TaskSample> samples, DateTimeOffset at)
    {
        if (!known.TryGetValue(live.Attempt, out Activity? activity))
        {
            known[live.Attempt] = activity = new Activity { OutputAt = startedAt };
        }

        bool measured = samples.TryGetValue(live.Attempt, out TaskSample sample);
        LookAtOutput(live.Attempt, activity, at);
        LookAtTraffic(live.Attempt, activity, at);
        return new AttemptReading(live.Attempt, live.Name, live.Class, startedAt)
        {
            Resident = measured ? sample.Resident : null,
            Cpu = measured ? sample.Cpu : null,
            Predicted = live.Predicted.Value > 0 ? live.Predicted : null,
            Limit = live.Limit,
            LastOutputAt = activity.HasOutput ? activity.OutputAt : null,
            LastModelTrafficAt = activity.TrafficAt,
            Tokens = activity.Usage.InputTokens + activity.Usage.CachedTokens + activity.Usage.OutputTokens,
            Frozen = live.Frozen,
            Ending = live.Ending,
        };
    }

    private void LookAtOutput(AttemptId attempt, Activity activity, DateTimeOffset at)
    {
        var output = new FileInfo(layout.Output(attempt));
        var error = new FileInfo(layout.Error(attempt));
        activity.HasOutput = output.Exists || error.Exists;
        long bytes = (output.Exists ? output.Length : 0) + (error.Exists ? error.Length : 0);
        if (bytes != activity.OutputBytes)
        {
            activity.OutputBytes = bytes;
            activity.OutputAt = at;
        }
    }

    private void LookAtTraffic(AttemptId attempt, Activity activity, DateTimeOffset at)
    {
        if (gateway()?.TrafficOf(attempt) is { } traffic && (traffic.UnderWay > 0 || traffic.Usage != activity.Usage || activity.TrafficAt is null))
        {
            activity.Usage = traffic.Usage;
            activity.TrafficAt = at;
        }
    }

    /// <summary>What was seen of one attempt so far.</summary>
    private sealed class Activity
    {
        public long OutputBytes { get; set; }

        public DateTimeOffset OutputAt { get; set; }

        public bool HasOutput { get; set; }

        public ModelUsage Usage { get; set; }

        public DateTimeOffset? TrafficAt { get; set; }
    }
}
