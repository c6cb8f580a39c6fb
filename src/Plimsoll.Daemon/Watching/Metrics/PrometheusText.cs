using System.Globalization;
using System.Text;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Metrics as Prometheus reads them.</summary>
/// <remarks>Version 0.0.4 of the text format.</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static byte[] Of(IEnumerable<MetricSeries> series)
    {
        var text = new StringBuilder(1 << 16);
        foreach (MetricSeries one in series)
        {
            Write(text, one);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, MetricSeries series)
    {
        if (series.Points.Count == 0)
        {
            return;
        }

        string name = MetricName.Of(series.Instrument, series.Kind);
        string help = (series.Instrument.Description ?? series.Instrument.Name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace('\n', ' ');
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(series.Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
        foreach (MetricPoint point in series.Points)
        {
            if (series.Kind == MetricKind.Histogram)
            {
                WriteHistogram(text, name, point, series.Bounds);
            }
            else
            {
                WriteLine(text, name, "", point.Labels, "", point.Numbers[0]);
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricPoint point, ReadOnlySpan<double> bounds)
    {
        double below = 0;
        for (int i = 0; i <= bounds.Length; i++)
        {
            below += point.Numbers[i];
            WriteLine(text, name, "_bucket", point.Labels, i == bounds.Length ? "le=\"+Inf\"" : string.Create(CultureInfo.InvariantCulture, $"le=\"{bounds[i]}\""), below);
        }

        WriteLine(text, name, "_sum", point.Labels, "", point.Numbers[^1]);
        WriteLine(text, name, "_count", point.Labels, "", below);
    }

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
