using System.Text;

namespace Plimsoll.Plans.Text;

/// <summary>Follows the quoting of a POSIX shell line far enough to say where a value may be inserted as one word.</summary>
/// <remarks>
/// The grammar is that of POSIX.1-2017, Shell Command Language, 2.2 to 2.7. Where it is unsure it refuses. Nothing rests on it alone:
/// values reach the shell as expansions of variables, which are never parsed as shell text (docs/decisions/0004-shell-values.md).
/// </remarks>
internal sealed class ShellScanner
{
    private readonly Stack<ShellContext> contexts = new();
    private readonly Stack<ShellCommand> commands = new();
    private readonly Queue<(string Delimiter, bool StripTabs)> pendingDocuments = new();
    private ShellCommand command = new();
    private string? documentDelimiter;
    private bool stripTabs;
    private bool comment;
    private string line = "";

    public ShellScanner() => contexts.Push(ShellContext.Plain);

    /// <summary>Why a value cannot be inserted here, or null when it can; then the value is counted as part of the current word.</summary>
    public string? Refuse(char before)
    {
        if (comment)
        {
            return null;
        }

        string? reason = (documentDelimiter is not null ? ShellContext.HereDocument : contexts.Peek()) switch
        {
            ShellContext.SingleQuotes or ShellContext.DoubleQuotes => "it stands inside quotes, but is already one quoted word",
            ShellContext.Backticks => "it stands inside backticks",
            ShellContext.Arithmetic => "it stands inside an arithmetic expression, which the shell evaluates",
            ShellContext.ParameterExpansion => "it stands inside ${…}",
            ShellContext.HereDocument => "it stands inside a here-document",
            ShellContext.DoubleBracket => "it stands inside [[ … ]], which is no POSIX shell and evaluates arithmetic",
            _ when before == '$' => "it follows a $",
            _ => command.RefuseValue(),
        };
        command.AddUnknown();
        return reason;
    }

    /// <summary>Reads literal text of the line.</summary>
    public void Read(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (documentDelimiter is not null)
            {
                ReadDocument(c);
            }
            else if (comment)
            {
                comment = c != '\n';
                if (!comment)
                {
                    EndLine();
                }
            }
            else
            {
                i += Step(text, i);
            }
        }
    }

    // Returns how many further characters belong to what was read.
    private int Step(string text, int i)
    {
        char c = text[i];
        char next = i + 1 < text.Length ? text[i + 1] : '\0';
        switch (contexts.Peek())
        {
            case ShellContext.SingleQuotes:
                if (c == '\'')
                {
                    contexts.Pop();
                }
                else
                {
                    command.AddCharacter(c);
                }

                return 0;
            case ShellContext.Backticks:
                if (c == '`')
                {
                    contexts.Pop();
                }

                return c == '\\' ? 1 : 0;
            case ShellContext.DoubleQuotes:
                if (c == '"')
                {
                    contexts.Pop();
                    return 0;
                }

                return Expansion(text, i) ?? Character(c, next);
            case ShellContext.ParameterExpansion or ShellContext.Arithmetic or ShellContext.DoubleBracket:
                return Nested(text, i);
            default:
                return Code(text, i);
        }
    }

    private int Character(char c, char next)
    {
        command.AddCharacter(c == '\\' ? next : c);
        return c == '\\' ? 1 : 0;
    }

    private int? Expansion(string text, int i)
    {
        char c = text[i];
        if (c == '`')
        {
            contexts.Push(ShellContext.Backticks);
            command.AddUnknown();
            return 0;
        }

        if (c != '$' || i + 1 >= text.Length)
        {
            return null;
        }

        command.AddUnknown();
        if (text[i + 1] == '{')
        {
            contexts.Push(ShellContext.ParameterExpansion);
            return 1;
        }

        if (text[i + 1] != '(')
        {
            return 0;
        }

        if (i + 2 < text.Length && text[i + 2] == '(')
        {
            contexts.Push(ShellContext.Arithmetic);
            contexts.Push(ShellContext.Arithmetic);
            return 2;
        }

        Enter(ShellContext.CommandSubstitution);
        return 1;
    }

    // Inside these nothing is inserted, so only their end has to be found, with quotes and nesting.
    private int Nested(string text, int i)
    {
        char c = text[i];
        ShellContext context = contexts.Peek();
        switch (c)
        {
            case '\\':
                return 1;
            case '\'' or '"':
                contexts.Push(c == '"' ? ShellContext.DoubleQuotes : ShellContext.SingleQuotes);
                return 0;
            case '}' when context == ShellContext.ParameterExpansion:
            case ')' when context == ShellContext.Arithmetic:
                contexts.Pop();
                return 0;
            case '(' when context == ShellContext.Arithmetic:
                contexts.Push(ShellContext.Arithmetic);
                return 0;
            case ']' when context == ShellContext.DoubleBracket && i + 1 < text.Length && text[i + 1] == ']':
                contexts.Pop();
                return 1;
            default:
                return Expansion(text, i) ?? 0;
        }
    }

    private int Code(string text, int i)
    {
        char c = text[i];
        char next = i + 1 < text.Length ? text[i + 1] : '\0';
        switch (c)
        {
            case '\\':
                return Character(c, next);
            case '\'' or '"':
                contexts.Push(c == '"' ? ShellContext.DoubleQuotes : ShellContext.SingleQuotes);
                command.BeginWord();
                return 0;
            case '#' when command.AtWordStart:
                comment = true;
                return 0;
            case '\n':
                EndLine();
                return 0;
            case '(' when next == '(' && command.AtWordStart:
                contexts.Push(ShellContext.Arithmetic);
                contexts.Push(ShellContext.Arithmetic);
                return 1;
            case '(':
                Enter(ShellContext.Subshell);
                return 0;
            case ')':
                Leave();
                return 0;
            case '[' when next == '[' && command.AtWordStart:
                contexts.Push(ShellContext.DoubleBracket);
                return 1;
            case '<' when next == '<':
                return HereDocument(text, i);
            case ';' or '|' or '&':
                command = new ShellCommand();
                return 0;
            case ' ' or '\t' or '<' or '>':
                command.EndWord();
                return 0;
            default:
                if (Expansion(text, i) is { } taken)
                {
                    return taken;
                }

                command.AddCharacter(c);
                return 0;
        }
    }

    private void Enter(ShellContext context)
    {
        contexts.Push(context);
        commands.Push(command);
        command = new ShellCommand();
    }

    private void Leave()
    {
        if (contexts.Peek() is ShellContext.CommandSubstitution or ShellContext.Subshell)
        {
            contexts.Pop();
            command = commands.Pop();
            command.AddUnknown();
        }
        else
        {
            // The ) of a case pattern.
            command = new ShellCommand();
        }
    }

    private int HereDocument(string text, int i)
    {
        command.EndWord();
        if (i + 2 < text.Length && text[i + 2] == '<')
        {
            return 2;
        }

        int at = i + 2;
        bool tabs = at < text.Length && text[at] == '-';
        at += tabs ? 1 : 0;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        StringBuilder delimiter = new();
        char quote = '\0';
        while (at < text.Length && (quote != '\0' ? text[at] != '\n' : text[at] is not (' ' or '\t' or '\n' or ';' or '|' or '&' or '<' or '>' or '(' or ')')))
        {
            char c = text[at++];
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is ('\'' or '"'))
            {
                quote = c;
            }
            else if (c != '\\')
            {
                delimiter.Append(c);
            }
        }

        pendingDocuments.Enqueue((delimiter.ToString(), tabs));
        return at - i - 1;
    }

    private void EndLine()
    {
        command = new ShellCommand();
        StartDocument();
    }

    private void StartDocument()
    {
        documentDelimiter = null;
        line = "";
        if (pendingDocuments.TryDequeue(out (string Delimiter, bool StripTabs) next))
        {
            (documentDelimiter, stripTabs) = next;
        }
    }

    private void ReadDocument(char c)
    {
        if (c != '\n')
        {
            line += c;
            return;
        }

        if ((stripTabs ? line.TrimStart('\t') : line) == documentDelimiter)
        {
            StartDocument();
        }

        line = "";
    }
}
