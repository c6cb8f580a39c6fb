using System.Globalization;

namespace Plimsoll.Core.Units;

/// <summary>An amount of memory or storage in bytes.</summary>
/// <remarks>Text form: a number with an optional unit, <c>K M G T</c> (powers of 1024; <c>KiB</c>, <c>KB</c>, lower case likewise).</remarks>
public readonly record struct Bytes(long Value) : IComparable<Bytes>
{
    private const string Units = "KMGT";

    public static Bytes Zero => default;

    public static Bytes FromMebibytes(double mebibytes) => new((long)(mebibytes * 1048576));

    public static Bytes operator +(Bytes left, Bytes right) => new(left.Value + right.Value);

    public static Bytes operator -(Bytes left, Bytes right) => new(left.Value - right.Value);

    public static bool operator <(Bytes left, Bytes right) => left.Value < right.Value;

    public static bool operator >(Bytes left, Bytes right) => left.Value > right.Value;

    public static bool operator <=(Bytes left, Bytes right) => left.Value <= right.Value;

    public static bool operator >=(Bytes left, Bytes right) => left.Value >= right.Value;

    public static Bytes Max(Bytes left, Bytes right) => left.Value >= right.Value ? left : right;

    public static Bytes Min(Bytes left, Bytes right) => left.Value <= right.Value ? left : right;

    /// <summary>Reads <c>512M</c>, <c>1.5 GiB</c>, <c>1048576</c>; refuses negative, non-finite and amounts above 2^60.</summary>
    public static bool TryParse(string? text, out Bytes bytes)
    {
        bytes = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
        {
            digits++;
        }

        if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            || !TryUnit(rest[digits..].Trim(), out double scale))
        {
            return false;
        }

        double value = number * scale;
        if (value > 1L << 60)
        {
            return false;
        }

        bytes = new Bytes((long)Math.Round(value));
        return true;
    }

    public int CompareTo(Bytes other) => Value.CompareTo(other.Value);

    /// <summary>Three significant digits with the largest fitting unit: <c>1.5G</c>, <c>300M</c>, <c>12K</c>, <c>7</c>.</summary>
    public override string ToString()
    {
        double number = Value;
        int unit = -1;
        while (Math.Abs(number) >= 1023.5 && unit < Units.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        string format = Math.Abs(number) >= 99.95 || unit < 0 ? "0" : Math.Abs(number) >= 9.995 ? "0.#" : "0.##";
        return number.ToString(format, CultureInfo.InvariantCulture) + (unit < 0 ? "" : Units[unit]);
    }

    private static bool TryUnit(ReadOnlySpan<char> unit, out double scale)
    {
        scale = 1;
        if (unit.IsEmpty || unit.Equals("b", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int power = Units.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
        ReadOnlySpan<char> suffix = unit[1..];
        scale = Math.Pow(1024, power + 1);
        return power >= 0
            && (suffix.IsEmpty
                || suffix.Equals("b", StringComparison.OrdinalIgnoreCase)
                || suffix.Equals("ib", StringComparison.OrdinalIgnoreCase));
    }
}
