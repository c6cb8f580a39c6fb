using System.Globalization;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Writes the numbers of reports.</summary>
internal static class BenchFigures
{
    public static string Bytes(double? bytes) => bytes switch
    {
        null => "none",
        { } number when Math.Abs(number) >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{number / (1L << 30):0.#} GiB"),
        { } number => string.Create(CultureInfo.InvariantCulture, $"{number / (1L << 20):0.#} MiB"),
    };

    public static string Seconds(double? seconds) => seconds is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:0.00} s") : "-";

    public static string Share(double? share) => share is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number * 100:0.#} %") : "-";

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Value(double value, string unit) => unit switch
    {
        "B" => Bytes(value),
        "s" => Seconds(value),
        _ => $"{value.ToString("0.###", CultureInfo.InvariantCulture)} {unit}",
    };
}
