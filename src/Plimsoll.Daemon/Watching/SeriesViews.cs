using Plimsoll.Client.Watching;
using Plimsoll.Watch.Series;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows time series.</summary>
internal static class SeriesViews
{
    /// <param name="names">Unknown ones are left out.</param>
    public static SeriesListView Of(SeriesStore store, IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset to, int points) => new(
        [.. store.Names],
        [.. names.Select(name => store.Read(name, from, to, points)).OfType<SeriesView>().Select(Of)]);

    private static SeriesStretchView Of(SeriesView view) => new(
        view.Name,
        view.Points.IsEmpty ? DateTimeOffset.UnixEpoch : view.Points[0].At,
        view.Step.TotalSeconds,
        [.. view.Points.Select(static point => Rounded(point.Mean))],
        [.. view.Points.Select(static point => Rounded(point.Largest))]);

    // Slots hold single precision: more digits would be noise, and a third more bytes.
    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, number is < 100 and > -100 ? 4 : 0) : null;
}
