using System.Globalization;
using System.Text;

namespace Plimsoll.Daemon.Reports;

/// <summary>Makes any text harmless in HTML, in element content and in quoted attributes.</summary>
internal static class SafeHtml
{
    /// <summary>Markup becomes text, control characters become visible pictures, and what could reorder the text around it becomes a replacement character.</summary>
    public static string Of(string text, int longest = 300)
    {
        var safe = new StringBuilder(text.Length + 16);
        int written = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (++written > longest)
            {
                safe.Append('…');
                break;
            }

            Append(safe, rune);
        }

        return safe.ToString();
    }

    private static void Append(StringBuilder safe, Rune rune)
    {
        switch (rune.Value)
        {
            case '&':
                safe.Append("&amp;");
                break;
            case '<':
                safe.Append("&lt;");
                break;
            case '>':
                safe.Append("&gt;");
                break;
            case '"':
                safe.Append("&quot;");
                break;
            case '\'':
                safe.Append("&#39;");
                break;
            case < 0x20:
                safe.Append((char)(0x2400 + rune.Value));
                break;
            case 0x7F:
                safe.Append('\u2421');
                break;
            default:
                // Format characters turn text around (bidirectional overrides) or hide in it.
                bool shown = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
                safe.Append(shown ? rune.ToString() : "\uFFFD");
                break;
        }
    }
}
