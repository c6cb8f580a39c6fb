using System.Diagnostics.Metrics;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Listens to the meters of one service and shows what they measured.</summary>
/// <remarks>Measuring is a dictionary look-up under a short lock; observable instruments are asked only when somebody reads. Any thread.</remarks>
internal sealed class MetricsCollector : IDisposable
{
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

    /// <summary>Asks all instruments and makes a document of what they measured, by name.</summary>
    /// <param name="write">Makes it; measuring waits for it.</param>
    public T Read<T>(Func<IEnumerable<MetricSeries>, T> write)
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
            lock (gate)
            {
                return write(series.Values.OrderBy(static one => one.Instrument.Name, StringComparer.Ordinal));
            }
        }
    }

    /// <summary>How the numbers of an instrument add up.</summary>
    public static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        ObservableCounter<long> or ObservableCounter<double> or Counter<long> or Counter<double> or Counter<int> => MetricKind.Counter,
        Histogram<double> or Histogram<long> or Histogram<int> => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            if (!series.TryGetValue(instrument, out MetricSeries? one))
            {
                series[instrument] = one = new MetricSeries(instrument, KindOf(instrument));
            }

            one.Add(value, tags);
        }
    }
}
