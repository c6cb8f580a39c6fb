using System.Diagnostics.Metrics;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Makes instruments that show the last sample: nothing is measured unless somebody reads.</summary>
internal sealed class PictureMeter(Meter meter, Func<WatchPicture?> latest)
{
    public void Gauge(string name, string unit, string description, Func<WatchPicture, double?> value) =>
        meter.CreateObservableGauge(name, () => One(value), unit, description);

    public void Gauges(string name, string unit, string description, Func<WatchPicture, IEnumerable<Measurement<double>>> values) =>
        meter.CreateObservableGauge(name, () => Many(values), unit, description);

    public void Counter(string name, string unit, string description, Func<WatchPicture, double?> value) =>
        meter.CreateObservableCounter(name, () => One(value), unit, description);

    public void Counters(string name, string unit, string description, Func<WatchPicture, IEnumerable<Measurement<double>>> values) =>
        meter.CreateObservableCounter(name, () => Many(values), unit, description);

    /// <summary>A number with its tags.</summary>
    public static Measurement<double> With(double value, params ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(value, tags);

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private IEnumerable<Measurement<double>> One(Func<WatchPicture, double?> value) => latest() is { } picture && value(picture) is { } number ? [new Measurement<double>(number)] : [];

    private IEnumerable<Measurement<double>> Many(Func<WatchPicture, IEnumerable<Measurement<double>>> values) => latest() is { } picture ? values(picture) : [];
}
