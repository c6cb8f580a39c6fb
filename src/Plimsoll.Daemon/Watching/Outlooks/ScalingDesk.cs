using Plimsoll.Client.Watching;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Forecasts;

namespace Plimsoll.Daemon.Watching.Outlooks;

/// <summary>Advises how many nodes there should be, at each sample, and tells the hook when the advice changes.</summary>
/// <remarks>Samples come one at a time; the advice is read by anyone.</remarks>
internal sealed class ScalingDesk(ScalingHookSettings configured, Action<ScalingView> changed)
{
    private readonly ScalingSettings settings = ScalingSettings.Default with { Least = Math.Min(configured.Least, configured.Most), Most = configured.Most };
    private volatile ScalingView? latest; // written by the sampler
    private ScalingState? state;

    /// <summary>Null before the first sample.</summary>
    public ScalingView? Latest => latest;

    public void Take(WatchPicture picture)
    {
        if (picture is not { Load: { } load, Sample.Queue: { } queue })
        {
            return;
        }

        int nodes = Math.Max(1, load.Nodes.Count(static node => node.IsUp));
        int pinned = load.Nodes.Count(static node => node is { IsUp: true, Live: > 0 });
        long startable = queue.IntakePaused ? 0 : Math.Max(0, queue.Ready - picture.Sample.Locks.Sum(static one => one.Waiters));
        TimeSpan wait = startable > 0 && queue.Oldest is { } oldest && load.At > oldest.Since ? load.At - oldest.Since : TimeSpan.Zero;
        var reading = new ScalingReading(load.At, nodes, pinned, wait, startable, queue.Running, Math.Max(1, (double)picture.PoolSize / nodes));
        state ??= ScalingPolicy.Begin(settings, nodes);
        ScalingState before = state;
        state = ScalingPolicy.Decide(settings, before, reading);
        var view = new ScalingView(state.Desired, nodes, pinned, startable, queue.Running, wait.TotalSeconds, state.Reason, state.ChangedAt);
        latest = view;
        if (state.Desired != before.Desired)
        {
            changed(view);
        }
    }
}
