using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Samples;
using Plimsoll.Watch.Series;
using Plimsoll.Watch.Signals;

namespace Plimsoll.Watch;

/// <summary>All of watching behind one call per second: series, signals, alerts.</summary>
/// <remarks>One caller at a time; does no I/O and reads no clock.</remarks>
public sealed class Watcher
{
    private readonly SignalBoard board = new();
    private readonly SeriesFeed feed;

    /// <param name="series">Those of the process before, from <see cref="SeriesRecord.Restore"/>; null = none.</param>
    /// <param name="alerts">Those of the process before; null = none.</param>
    public Watcher(AlertSettings settings, SeriesStore? series = null, AlertMemory? alerts = null)
    {
        Series = series ?? new SeriesStore();
        feed = new SeriesFeed(Series);
        Alerts = new AlertEngine(AlertRules.Of(settings), settings.Repeat, alerts);
    }

    public SeriesStore Series { get; }

    public AlertEngine Alerts { get; }

    /// <summary>Signals of the last sample; null before the first.</summary>
    public SignalSet? Signals { get; private set; }

    /// <summary>Takes a sample.</summary>
    /// <returns>What became of alerts: deliver those that say so.</returns>
    public ImmutableArray<AlertChange> Take(WatchSample sample)
    {
        feed.Take(sample);
        Signals = board.Read(sample);
        return Alerts.Evaluate(Signals);
    }
}
