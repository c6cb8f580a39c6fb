using System.Globalization;
using System.Text;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Tags as the text between braces: sorted by name, values escaped and cut.</summary>
internal static class LabelText
{
    private const int Longest = 120;

    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        KeyValuePair<string, object?>[] sorted = tags.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        var text = new StringBuilder();
        foreach ((string name, object? value) in sorted)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(MetricName.Clean(name)).Append("=\"");
            Escape(text, Cut(value));
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>The same tags for those who need no escaping: names as they are, values cut.</summary>
    public static KeyValuePair<string, string>[] Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new KeyValuePair<string, string>[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            texts[i] = new(tags[i].Key, Cut(tags[i].Value));
        }

        return texts;
    }

    private static string Cut(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static void Escape(StringBuilder text, string value)
    {
        foreach (char one in value)
        {
            _ = one switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                < ' ' => text.Append('?'),
                _ when char.IsSurrogate(one) => text.Append('?'),
                _ => text.Append(one),
            };
        }
    }
}
