using System.Globalization;
using Plimsoll.Core.Limits;

namespace Plimsoll.Plans.Providers;

/// <summary>Amounts of US dollars as people write them: <c>5</c>, <c>5 USD</c>, <c>$0.50</c>, and per period <c>5 USD/d</c>.</summary>
internal static class Money
{
    private const decimal Micro = 1_000_000m;

    /// <summary>More than a billion dollars is a typing error.</summary>
    private const decimal Largest = 1_000_000_000m;

    /// <summary>Reads an amount above zero into millionths.</summary>
    public static bool TryParse(string text, out long microDollars)
    {
        microDollars = 0;
        string number = text.Trim();
        number = number.StartsWith('$') ? number[1..] : number.EndsWith("USD", StringComparison.OrdinalIgnoreCase) ? number[..^3] : number;
        if (!decimal.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars) || dollars > Largest)
        {
            return false;
        }

        microDollars = (long)(dollars * Micro);
        return microDollars > 0;
    }

    /// <summary>Reads an amount per period; without one it is per day.</summary>
    public static bool TryParseRate(string text, out Rate rate)
    {
        rate = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string period = slash < 0 ? "d" : text[(slash + 1)..].Trim();
        if (!TryParse(slash < 0 ? text : text[..slash], out long micro) || !Rate.TryParse("1/" + period, out Rate one))
        {
            return false;
        }

        rate = new Rate(micro, one.Per);
        return rate.IsValid;
    }
}
