using System.Globalization;
using System.Text;

namespace Plimsoll.Cli.Terminal;

/// <summary>How many columns text takes on a terminal, and text cut to a number of columns.</summary>
/// <remarks>Wide ranges after Unicode Standard Annex 11 (East Asian Width W and F); marks that combine take none.</remarks>
internal static class TextWidth
{
    public static int Of(ReadOnlySpan<char> text)
    {
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
            columns += Of(rune);
        return columns;
    }

    /// <summary>The text in exactly <paramref name="columns"/> columns: padded, or cut with an ellipsis.</summary>
    public static string Fit(string text, int columns)
    {
        int width = Of(text);
        return width <= columns ? text + new string(' ', columns - width) : Cut(text, columns);
    }

    /// <summary>The text in at most <paramref name="columns"/> columns.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns)
            return text;
        if (columns <= 0)
            return "";

        var kept = new StringBuilder();
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int next = Of(rune);
            if (used + next > columns - 1)
                break;
            used += next;
            kept.Append(rune.ToString());
        }

        return kept.Append('…').Append(' ', columns - 1 - used).ToString();
    }

    private static int Of(Rune rune)
    {
        int value = rune.Value;
        if (value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return IsWide(value) ? 2 : 1;
    }

    private static bool IsWide(int value) => value
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1F9FF)
        or (>= 0x20000 and <= 0x3FFFD);
}
