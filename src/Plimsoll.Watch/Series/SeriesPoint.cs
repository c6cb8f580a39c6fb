namespace Plimsoll.Watch.Series;

/// <summary>One slot of a series; both values are null where nothing was read.</summary>
/// <param name="At">Beginning of the slot.</param>
public readonly record struct SeriesPoint(DateTimeOffset At, double? Mean, double? Largest);
