using System.Text;

namespace Plimsoll.Journal.Postgres;

/// <summary>Text as PostgreSQL can hold it, and back: it knows no NUL, and programs write what they like to their outputs.</summary>
/// <remarks>
/// NUL becomes a character of the private use area and an n, that character itself the same and an e. Half of a surrogate pair becomes
/// U+FFFD, as in every UTF-8 file. In JSON the escape of NUL is what is replaced: the type json accepts it and its operators do not.
/// </remarks>
internal static class SqlText
{
    private const char Escape = '\uF8F0';
    private const string Nul = "\uF8F0n";
    private const string Itself = "\uF8F0e";
    private const string JsonNul = "\\u0000";

    internal static string Of(string text)
    {
        if (text.AsSpan().IndexOfAny('\0', Escape) >= 0)
        {
            text = text.Replace("\uF8F0", Itself, StringComparison.Ordinal).Replace("\0", Nul, StringComparison.Ordinal);
        }

        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    internal static string OfJson(string json)
    {
        string clean = Of(json);
        for (int at = clean.IndexOf(JsonNul, StringComparison.Ordinal); at >= 0; at = clean.IndexOf(JsonNul, at + 1, StringComparison.Ordinal))
        {
            int slashes = 0;
            while (slashes < at && clean[at - 1 - slashes] == '\\')
            {
                slashes++;
            }

            // After an odd number the backslash is itself escaped, and what follows is text.
            if (slashes % 2 == 0)
            {
                clean = string.Concat(clean.AsSpan(0, at), Nul, clean.AsSpan(at + JsonNul.Length));
            }
        }

        return clean;
    }

    internal static string Back(string text) => Back(text, "\0");

    internal static string BackJson(string json) => Back(json, JsonNul);

    private static string Back(string text, string nul) => text.Contains(Escape, StringComparison.Ordinal)
        ? text.Replace(Nul, nul, StringComparison.Ordinal).Replace(Itself, "\uF8F0", StringComparison.Ordinal)
        : text;
}
