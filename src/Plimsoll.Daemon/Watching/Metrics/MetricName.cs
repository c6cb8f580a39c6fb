using System.Diagnostics.Metrics;
using System.Text;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Names of OpenTelemetry as Prometheus writes them.</summary>
/// <remarks>OpenTelemetry specification, "Prometheus and OpenMetrics compatibility": dots become underscores, the unit becomes a suffix, counters end in <c>_total</c>.</remarks>
internal static class MetricName
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        string name = Clean(instrument.Name);
        string suffix = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when kind == MetricKind.Gauge => "_ratio",
            "{microdollar}" => "_microdollars",
            _ => "",
        };
        name = name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>A name or label of letters, digits and underscores.</summary>
    public static string Clean(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char one in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(one) ? one : '_');
        }

        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? text.Insert(0, '_').ToString() : text.ToString();
    }
}
