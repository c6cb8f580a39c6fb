using System.Diagnostics.Metrics;
using System.Text;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Listens to the meters of one service and writes what they measured as Prometheus text.</summary>
/// <remarks>
/// Version 0.0.4 of the text format. Measuring is a dictionary look-up under a short lock; observable instruments are asked only when somebody reads. Any thread.
/// </remarks>
internal sealed class MetricsCollector : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock gate = new();
    private readonly Lock reading = new();
    private readonly Dictionary<Instrument, MetricSeries> series = []; // guarded by gate
    private readonly MeterListener listener = new();

    public MetricsCollector(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>All metrics as text.</summary>
    public byte[] Write()
    {
        lock (reading)
        {
            lock (gate)
            {
                foreach (MetricSeries one in series.Values)
                {
                    one.Renew();
                }
            }

            listener.RecordObservableInstruments();
            var text = new StringBuilder(1 << 16);
            lock (gate)
            {
                foreach ((_, MetricSeries one) in series.OrderBy(static pair => pair.Key.Name, StringComparer.Ordinal))
                {
                    one.Write(text);
                }
            }

            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            if (!series.TryGetValue(instrument, out MetricSeries? one))
            {
                series[instrument] = one = new MetricSeries(instrument, KindOf(instrument), instrument.IsObservable);
            }

            one.Add(value, tags);
        }
    }

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        ObservableCounter<long> or ObservableCounter<double> or Counter<long> or Counter<double> or Counter<int> => MetricKind.Counter,
        Histogram<double> or Histogram<long> or Histogram<int> => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };
}
