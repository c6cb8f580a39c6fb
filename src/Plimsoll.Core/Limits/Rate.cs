using System.Globalization;

namespace Plimsoll.Core.Limits;

/// <summary>An amount per period, for example 60 requests per minute.</summary>
/// <remarks>Text form: <c>60/min</c>, <c>2M/min</c>, <c>100/10s</c>; units <c>s min h d</c>, multipliers <c>k M</c> (powers of 1000).</remarks>
/// <param name="Amount">Units per period, at least 1.</param>
/// <param name="Per">The period, above zero and at most 366 days.</param>
public readonly record struct Rate(long Amount, TimeSpan Per)
{
    /// <summary>The largest amount a rate or a capacity may have, so that products with ticks stay exact.</summary>
    public const long Largest = 1L << 50;

    /// <summary>Whether amount and period are in range.</summary>
    public bool IsValid => Amount is >= 1 and <= Largest && Per > TimeSpan.Zero && Per <= TimeSpan.FromDays(366);

    /// <summary>Units per second.</summary>
    public double PerSecond => Amount / Per.TotalSeconds;

    public static Rate PerMinute(long amount) => new(amount, TimeSpan.FromMinutes(1));

    /// <summary>The whole units that refill in a time, rounded down.</summary>
    public long UnitsIn(TimeSpan time) => (long)((Int128)Amount * time.Ticks / Per.Ticks);

    /// <summary>Reads the text form; refuses zero, fractions, unknown units and amounts above <see cref="Largest"/>.</summary>
    public static bool TryParse(string? text, out Rate rate)
    {
        rate = default;
        string[] parts = (text ?? "").Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !TryNumber(parts[0], out long amount, out string multiplier) || !TryNumber(parts[1], out long count, out string unit))
        {
            return false;
        }

        long scale = multiplier switch { "" => 1, "k" or "K" => 1_000, "m" or "M" => 1_000_000, _ => 0 };
        TimeSpan period = unit switch
        {
            "s" or "sec" or "second" => TimeSpan.FromSeconds(1),
            "m" or "min" or "minute" => TimeSpan.FromMinutes(1),
            "h" or "hour" => TimeSpan.FromHours(1),
            "d" or "day" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (parts[0].Length == multiplier.Length || scale == 0 || amount > Largest / scale || count > 1_000_000)
        {
            return false;
        }

        rate = new Rate(amount * scale, period * count);
        return rate.IsValid;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} per {Per}");

    /// <summary>Leading digits (none means 1) and the word after them.</summary>
    private static bool TryNumber(string text, out long number, out string word)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        word = text[digits..].Trim();
        number = 1;
        return digits == 0 || long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
