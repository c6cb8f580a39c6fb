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
            Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            text.Append('"');
        }

        return text.ToString();
    }

    private static void Escape(StringBuilder text, string value)
    {
        foreach (char one in value.Length > Longest ? value.AsSpan(0, Longest) : value)
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
