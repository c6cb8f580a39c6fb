using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>What one instrument has measured, by its tags; at most 1,000 sets of tags, further ones are counted together.</summary>
/// <remarks>The collector guards it. OpenTelemetry specification, "Cardinality limits".</remarks>
internal sealed class MetricSeries(Instrument instrument, MetricKind kind, bool observed)
{
    private const int Most = 1000;
    private const string Overflow = "otel_metric_overflow=\"true\"";

    // The bounds that the conventions for durations of HTTP requests advise, and longer ones for tasks.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400];
    private static readonly double[] Amounts = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576];

    private readonly double[] bounds = instrument.Unit == "s" ? Seconds : Amounts;
    private readonly Dictionary<string, double[]> values = new(StringComparer.Ordinal); // 1 number; of a histogram: buckets, sum

    /// <summary>Forgets what observable instruments told last time; they tell it all again.</summary>
    public void Renew()
    {
        if (observed)
        {
            values.Clear();
        }
    }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        double[] slot = Slot(LabelText.Of(tags));
        switch (kind)
        {
            case MetricKind.Histogram:
                int bucket = 0;
                while (bucket < bounds.Length && value > bounds[bucket])
                {
                    bucket++;
                }

                slot[bucket]++;
                slot[^1] += value;
                break;
            case MetricKind.Counter when !observed:
                slot[0] += value;
                break;
            default:
                slot[0] = value;
                break;
        }
    }

    public void Write(StringBuilder text)
    {
        if (values.Count == 0)
        {
            return;
        }

        string name = MetricName.Of(instrument, kind);
        text.Append("# HELP ").Append(name).Append(' ').Append(Help()).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
        foreach ((string labels, double[] slot) in values)
        {
            if (kind == MetricKind.Histogram)
            {
                WriteHistogram(text, name, labels, slot);
            }
            else
            {
                WriteLine(text, name, "", labels, "", slot[0]);
            }
        }
    }

    private double[] Slot(string labels)
    {
        if (!values.TryGetValue(labels, out double[]? slot))
        {
            labels = values.Count < Most ? labels : Overflow;
            if (!values.TryGetValue(labels, out slot))
            {
                values[labels] = slot = new double[kind == MetricKind.Histogram ? bounds.Length + 2 : 1];
            }
        }

        return slot;
    }

    private void WriteHistogram(StringBuilder text, string name, string labels, double[] slot)
    {
        double below = 0;
        for (int i = 0; i <= bounds.Length; i++)
        {
            below += slot[i];
            WriteLine(text, name, "_bucket", labels, i == bounds.Length ? "le=\"+Inf\"" : string.Create(CultureInfo.InvariantCulture, $"le=\"{bounds[i]}\""), below);
        }

        WriteLine(text, name, "_sum", labels, "", slot[^1]);
        WriteLine(text, name, "_count", labels, "", below);
    }

    private string Help() => (instrument.Description ?? instrument.Name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace('\n', ' ');

    private static void WriteLine(StringBuilder text, string name, string suffix, string labels, string more, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length + more.Length > 0)
        {
            text.Append('{').Append(labels).Append(labels.Length > 0 && more.Length > 0 ? "," : "").Append(more).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
