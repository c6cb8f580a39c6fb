using System.Text.RegularExpressions;

namespace Plimsoll.Plans.Messages;

/// <summary>Finds <c>@name</c> in texts.</summary>
public static partial class Mention
{
    public const string NameRule = "Use letters, digits, _ and -, starting with a letter, at most 60 characters.";

    private const int LongestName = 60;

    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= LongestName && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }

    /// <summary>The names in order, each once; what follows a word or stands in a path or address is none.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Pattern().Matches(text).Select(static match => match.Groups["name"].Value.TrimEnd('-', '_')).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The text without the mentions it begins with.</summary>
    public static string Bare(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string bare = Leading().Replace(text, "", 1).Trim();
        return bare.Length > 0 ? bare : text.Trim();
    }

    [GeneratedRegex(@"(?<![\w@/.:+-])@(?<name>[A-Za-z][A-Za-z0-9_-]{0,59})(?![\w/]|\.\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\s*(?:@[A-Za-z][A-Za-z0-9_-]{0,59}[,:]?\s+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Leading();
}
