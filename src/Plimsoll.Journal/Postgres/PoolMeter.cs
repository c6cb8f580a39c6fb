using System.Diagnostics.Metrics;
using System.Globalization;

namespace Plimsoll.Journal.Postgres;

/// <summary>Counts the connections of a pool from what the driver publishes of it.</summary>
internal sealed class PoolMeter : IDisposable
{
    private const string DriverMeter = "Npgsql";
    private static int made;

    private readonly Lock gate = new();
    private readonly MeterListener listener = new();
    private long open; // guarded by gate

    internal PoolMeter()
    {
        listener.InstrumentPublished = (instrument, who) =>
        {
            if (instrument.Meter.Name == DriverMeter && instrument.IsObservable && instrument.Name.EndsWith("connection.count", StringComparison.Ordinal))
            {
                who.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Add(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
        listener.Start();
    }

    /// <summary>Tells this pool from others of the process.</summary>
    internal string PoolName { get; } = string.Create(CultureInfo.InvariantCulture, $"journal {Interlocked.Increment(ref made)}");

    internal int Open
    {
        get
        {
            lock (gate)
            {
                open = 0;
                listener.RecordObservableInstruments();
                return (int)open;
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key.EndsWith("pool.name", StringComparison.Ordinal) && tag.Value is string name && name.StartsWith(PoolName, StringComparison.Ordinal))
            {
                open += value;
            }
        }
    }
}
