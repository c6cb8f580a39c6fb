namespace Plimsoll.Client.Watching;

/// <summary>Stretches of time series, or the names of all there are.</summary>
/// <param name="Names">All series that are kept.</param>
public sealed record SeriesListView(IReadOnlyList<string> Names, IReadOnlyList<SeriesStretchView> Series);
