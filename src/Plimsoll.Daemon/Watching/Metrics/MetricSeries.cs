using System.Diagnostics.Metrics;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>What one instrument has measured, by its tags; at most 1,000 sets of tags, further ones are counted together.</summary>
/// <remarks>The collector guards it. OpenTelemetry specification, "Cardinality limits".</remarks>
internal sealed class MetricSeries(Instrument instrument, MetricKind kind)
{
    private const int Most = 1000;

    // The bounds that the conventions for durations of HTTP requests advise, and longer ones for tasks.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400];
    private static readonly double[] Amounts = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576];
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", "true")];

    private readonly double[] bounds = instrument.Unit == "s" ? Seconds : Amounts;
    private readonly Dictionary<string, MetricPoint> points = new(StringComparer.Ordinal); // by labels

    public Instrument Instrument => instrument;

    public MetricKind Kind => kind;

    /// <summary>Upper bounds of a histogram's buckets, inclusive; the last bucket has none.</summary>
    public ReadOnlySpan<double> Bounds => bounds;

    public IReadOnlyCollection<MetricPoint> Points => points.Values;

    /// <summary>Forgets what observable instruments told last time; they tell it all again.</summary>
    public void Renew()
    {
        if (instrument.IsObservable)
        {
            points.Clear();
        }
    }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        double[] numbers = Numbers(tags);
        switch (kind)
        {
            case MetricKind.Histogram:
                int bucket = 0;
                while (bucket < bounds.Length && value > bounds[bucket])
                {
                    bucket++;
                }

                numbers[bucket]++;
                numbers[^1] += value;
                break;
            case MetricKind.Counter when !instrument.IsObservable:
                numbers[0] += value;
                break;
            default:
                numbers[0] = value;
                break;
        }
    }

    private double[] Numbers(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = LabelText.Of(tags);
        if (points.TryGetValue(labels, out MetricPoint? point))
        {
            return point.Numbers;
        }

        if (points.Count >= Most)
        {
            tags = Overflow;
            labels = LabelText.Of(tags);
            if (points.TryGetValue(labels, out point))
            {
                return point.Numbers;
            }
        }

        points[labels] = point = new MetricPoint(labels, LabelText.Tags(tags), new double[kind == MetricKind.Histogram ? bounds.Length + 2 : 1]);
        return point.Numbers;
    }
}
