using System.Globalization;
using Plimsoll.Core.Units;

namespace Plimsoll.Daemon.Reports;

/// <summary>Writes the numbers of a report for people.</summary>
internal static class ReportFigures
{
    public static string Seconds(double seconds) => seconds switch
    {
        <= 0 => "0",
        < 1 => Text($"{seconds * 1000:0} ms"),
        < 120 => Text($"{seconds:0.#} s"),
        < 7200 => Text($"{seconds / 60:0.#} min"),
        < 172_800 => Text($"{seconds / 3600:0.#} h"),
        _ => Text($"{seconds / 86_400:0.#} days"),
    };

    public static string Memory(long bytes) => bytes <= 0 ? "–" : new Bytes(bytes).ToString();

    public static string Dollars(double dollars) => dollars <= 0 ? "–" : Text($"${dollars:0.00##}");

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A coordinate: short, and never in another culture.</summary>
    public static string Number(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A round number of seconds, so that a scale of <paramref name="span"/> gets about six marks.</summary>
    public static double Step(double span)
    {
        ReadOnlySpan<double> steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];
        foreach (double step in steps)
        {
            if (span / step <= 8)
            {
                return step;
            }
        }

        return Math.Ceiling(span / 6 / 604_800) * 604_800;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
