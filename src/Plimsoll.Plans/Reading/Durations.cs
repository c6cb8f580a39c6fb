using System.Globalization;

namespace Plimsoll.Plans.Reading;

/// <summary>Durations as people write them: <c>10ms</c>, <c>30s</c>, <c>1h30m</c>, <c>2d</c>; a number alone is seconds.</summary>
internal static class Durations
{
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        double seconds = 0;
        double lastUnit = double.MaxValue;
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            int digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            {
                digits++;
            }

            int end = digits;
            while (end < rest.Length && char.IsAsciiLetter(rest[end]))
            {
                end++;
            }

            bool alone = digits == rest.Length && lastUnit.Equals(double.MaxValue);
            double unit = alone ? 1 : Unit(rest[digits..end]);
            if (unit <= 0 || unit >= lastUnit || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                return false;
            }

            seconds += number * unit;
            lastUnit = unit;
            rest = rest[end..].TrimStart();
        }

        if (seconds > Longest.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>The shortest exact form down to milliseconds.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        string text = "";
        long rest = (long)duration.TotalMilliseconds;
        foreach ((string unit, long length) in new[] { ("d", 86_400_000L), ("h", 3_600_000L), ("m", 60_000L), ("s", 1000L), ("ms", 1L) })
        {
            text += rest >= length ? (rest / length).ToString(CultureInfo.InvariantCulture) + unit : "";
            rest %= length;
        }

        return text;
    }

    private static double Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" or "sec" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => 86400,
        "w" => 604800,
        _ => 0,
    };
}
