using System.Collections.Immutable;
using Plimsoll.Watch;
using Plimsoll.Watch.Anomalies;
using Plimsoll.Watch.Series;

namespace Plimsoll.Daemon.Watching;

/// <summary>Numbers over the last minutes, from the series.</summary>
internal static class SeriesFigures
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);

    /// <summary>Mean of the last ten minutes; null while nothing is known of them.</summary>
    public static double? Mean(Watcher watcher, string name, DateTimeOffset at)
    {
        double[] known = [.. Points(watcher, name, at, Ten).Where(static point => point.Mean is not null).Select(static point => point.Mean!.Value)];
        return known.Length == 0 ? null : known.Average();
    }

    /// <summary>Slope per minute over the last five, with whether it is beyond chance; null while too little is known.</summary>
    public static Trend? PerMinute(Watcher watcher, string name, DateTimeOffset at)
    {
        SeriesPoint[] points = [.. Points(watcher, name, at, Five).Where(static point => point.Mean is not null)];
        return Trend.Of([.. points.Select(point => (point.At - at).TotalMinutes)], [.. points.Select(static point => point.Mean!.Value)]);
    }

    private static ImmutableArray<SeriesPoint> Points(Watcher watcher, string name, DateTimeOffset at, TimeSpan span) =>
        watcher.Series.Read(name, at - span, at, 61)?.Points ?? [];
}
