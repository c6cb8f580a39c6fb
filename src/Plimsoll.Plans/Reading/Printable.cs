using System.Globalization;
using System.Text;

namespace Plimsoll.Plans.Reading;

/// <summary>Makes any text fit for one line of a message or a task name.</summary>
internal static class Printable
{
    /// <summary>Control characters escaped, cut to a length with an ellipsis.</summary>
    public static string Shorten(string text, int length)
    {
        string clean = Escape(text.Length > length ? text[..length] : text);
        return clean.Length > length || text.Length > length ? string.Concat(clean.AsSpan(0, Math.Min(clean.Length, length - 1)), "…") : clean;
    }

    /// <summary>Control characters, line separators and unpaired surrogates as <c>\n</c>, <c>\t</c>, <c>\uXXXX</c>.</summary>
    public static string Escape(string text)
    {
        int bad = FirstBad(text);
        if (bad < 0)
        {
            return text;
        }

        StringBuilder builder = new(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                builder.Append(c).Append(text[++i]);
                continue;
            }

            _ = !IsBad(c) ? builder.Append(c) : c switch
            {
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                _ => builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return builder.ToString();
    }

    private static int FirstBad(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsBad(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // Format characters can turn the direction of a terminal line around, so they count as control characters.
    private static bool IsBad(char c) =>
        c < ' ' || (c >= 0x7f && (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' || char.GetUnicodeCategory(c) == UnicodeCategory.Format));
}
