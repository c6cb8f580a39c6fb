using System.Text;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Conditions;

/// <summary>Cuts a condition into words.</summary>
internal static class ConditionLexer
{
    public static bool TryRead(string text, List<ConditionToken> tokens, out TextError error)
    {
        error = default;
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            int start = i;
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            if (c is '\'' or '"')
            {
                if (!TryString(text, ref i, out string value))
                {
                    error = new TextError(start, text[start..], "this string is never closed", $"Add a {c} at its end.");
                    return false;
                }

                tokens.Add(new ConditionToken('s', value, start));
                continue;
            }

            string two = i + 1 < text.Length ? text.Substring(i, 2) : "";
            if (two is "==" or "!=" or "<=" or ">=")
            {
                tokens.Add(new ConditionToken('o', two, start));
                i += 2;
            }
            else if (c is '<' or '>' or '(' or ')')
            {
                tokens.Add(new ConditionToken('o', c.ToString(), start));
                i++;
            }
            else if (char.IsAsciiDigit(c) || (c is '-' or '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
            {
                i++;
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '.' || (text[i] is '+' or '-' && text[i - 1] is 'e' or 'E')))
                {
                    i++;
                }

                tokens.Add(new ConditionToken('n', text[start..i], start));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                Word(text, ref i);
                tokens.Add(new ConditionToken('a', text[start..i], start));
            }
            else
            {
                string cure = two switch
                {
                    "&&" => "Write and.",
                    "||" => "Write or.",
                    _ when c == '!' => "Write not.",
                    _ when c == '=' => "Write ==.",
                    "{{" => "A condition names values without braces: needs.build.key == 'x'.",
                    _ => "A condition knows == != < <= > >= and or not ( ) strings, numbers and names.",
                };
                error = new TextError(i, c.ToString(), "this character means nothing in a condition", cure);
                return false;
            }
        }

        tokens.Add(new ConditionToken('e', "the end", text.Length));
        return true;
    }

    private static bool TryString(string text, ref int i, out string value)
    {
        char quote = text[i++];
        StringBuilder builder = new();
        while (i < text.Length && text[i] != quote)
        {
            if (text[i] == '\\' && i + 1 < text.Length && (text[i + 1] == quote || text[i + 1] == '\\'))
            {
                i++;
            }

            builder.Append(text[i++]);
        }

        value = builder.ToString();
        return i++ < text.Length;
    }

    // Names of tasks hold characters that are operators elsewhere; inside brackets everything belongs to the name.
    private static void Word(string text, ref int i)
    {
        int depth = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (depth == 0 && !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/' or ':' or '@' or '+' or '['))
            {
                return;
            }

            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            i++;
        }
    }
}
