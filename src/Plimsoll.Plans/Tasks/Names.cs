namespace Plimsoll.Plans.Tasks;

/// <summary>What names may look like.</summary>
internal static class Names
{
    public const int LongestId = 200;

    public const string IdRule = "Use letters and digits (of any script) and _ - . / : @ + (not - or a number and / at the start), at most 200 characters.";

    public const string KeyRule = "Use letters, digits, _ and -, starting with a letter or _.";

    /// <summary>Names of values, parameters and outputs.</summary>
    public static bool IsKey(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 100 || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names of environment variables.</summary>
    public static bool IsVariable(ReadOnlySpan<char> text) => IsKey(text) && !text.Contains('-');

    /// <summary>Ids of tasks. Brackets and commas belong to matrix names, <c>7/</c> to run numbers.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > LongestId || text[0] == '-')
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/' or ':' or '@' or '+'))
            {
                return false;
            }
        }

        int slash = text.IndexOf('/');
        return slash < 0 || text[..slash].ContainsAnyExceptInRange('0', '9');
    }

}
