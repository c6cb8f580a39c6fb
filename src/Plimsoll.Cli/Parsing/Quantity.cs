using System.Globalization;

namespace Plimsoll.Cli.Parsing;

/// <summary>Reads sizes, durations and scales as people write them.</summary>
internal static class Quantity
{
    private const string SizeUnits = "KMGT";

    /// <summary><c>512M</c>, <c>1.5GiB</c>, <c>1048576</c>; units are powers of 1024; at most 2^60.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int digits = NumberLength(rest);
        if (!TryNumber(rest[..digits], out double number))
            return false;

        ReadOnlySpan<char> unit = rest[digits..].Trim();
        int power = unit.IsEmpty ? -1 : SizeUnits.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
        ReadOnlySpan<char> suffix = power < 0 ? unit : unit[1..];
        double value = number * Math.Pow(1024, power + 1);
        if (!IsByteSuffix(suffix, power >= 0) || value > 1L << 60)
            return false;

        bytes = (long)Math.Round(value);
        return true;
    }

    /// <summary><c>30m</c>, <c>1h30m</c>, <c>2d</c>, <c>250ms</c>, plain seconds; above zero, at most 10 years.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        double seconds = 0;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool plain = NumberLength(rest) == rest.Length;
        while (!rest.IsEmpty)
        {
            int digits = NumberLength(rest);
            if (!TryNumber(rest[..digits], out double number))
                return false;

            rest = rest[digits..];
            int letters = 0;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
                letters++;
            if (!TryTimeUnit(plain ? "s" : rest[..letters], out double unit))
                return false;
            seconds += number * unit;
            rest = rest[letters..];
        }

        if (seconds is not (> 0 and < 315_360_000))
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary><c>1/1000</c> or <c>0.001</c>; above zero, at most 1,000,000.</summary>
    public static bool TryScale(string text, out double scale)
    {
        scale = 0;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        double divisor = 1;
        if (slash >= 0 && !TryNumber(text.AsSpan(slash + 1), out divisor))
            return false;
        if (!TryNumber(text.AsSpan(0, slash < 0 ? text.Length : slash), out double number))
            return false;
        scale = number / divisor;
        return scale is > 0 and <= 1_000_000;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            digits++;
        return digits;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool IsByteSuffix(ReadOnlySpan<char> suffix, bool scaled) =>
        suffix.IsEmpty
        || suffix.Equals("b", StringComparison.OrdinalIgnoreCase)
        || (scaled && suffix.Equals("ib", StringComparison.OrdinalIgnoreCase));

    private static bool TryTimeUnit(ReadOnlySpan<char> unit, out double seconds)
    {
        seconds = unit switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" or "min" => 60,
            "h" => 3600,
            "d" => 86400,
            "w" => 604800,
            _ => 0,
        };
        return seconds > 0;
    }
}
