using System.Collections.Immutable;

namespace Plimsoll.Watch.Series;

/// <summary>A stretch of one series at one resolution, without holes in its time axis.</summary>
public sealed record SeriesView(string Name, TimeSpan Step, ImmutableArray<SeriesPoint> Points);
