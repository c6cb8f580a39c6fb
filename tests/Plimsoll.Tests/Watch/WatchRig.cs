using Plimsoll.Core.Watching;
using Plimsoll.Watch;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Tests.Watch;

/// <summary>A watcher that is fed one sample a second.</summary>
internal sealed class WatchRig(AlertSettings? settings = null, AlertMemory? memory = null)
{
    public Watcher Watcher { get; } = new(settings ?? AlertSettings.Default, null, memory);

    public DateTimeOffset Now { get; set; } = Readings.Start;

    public List<AlertChange> Changes { get; } = [];

    public string[] Raised => [.. Watcher.Alerts.Active.Select(static alert => alert.Rule)];

    /// <summary>Feeds samples for so many seconds; each is what <paramref name="change"/> makes of a good one.</summary>
    public WatchRig Feed(double seconds, Func<WatchSample, WatchSample>? change = null)
    {
        for (double second = 0; second < seconds; second++)
        {
            Now += TimeSpan.FromSeconds(1);
            WatchSample sample = Readings.Well(Now);
            Changes.AddRange(Watcher.Take(change is null ? sample : change(sample)));
        }

        return this;
    }

    /// <summary>Seconds until a rule is raised, or NaN when it is not within <paramref name="seconds"/>.</summary>
    public double Until(string rule, double seconds, Func<WatchSample, WatchSample> change)
    {
        for (double second = 1; second <= seconds; second++)
        {
            Feed(1, change);
            if (Raised.Contains(rule))
            {
                return second;
            }
        }

        return double.NaN;
    }
}
