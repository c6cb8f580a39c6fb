using System.Text;

namespace Plimsoll.Plans.Text;

/// <summary>The words of one simple command seen so far: enough to notice one that reads its arguments as program text.</summary>
internal sealed class ShellCommand
{
    private static readonly string[] Prefixes = ["exec", "command", "nohup", "sudo", "doas", "env", "time", "nice", "builtin", "if", "then", "else", "elif", "while", "until", "do", "{", "!"];
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "su"];
    private static readonly string[] Evaluators = ["eval", "trap", "ssh", "watch", "alias"];

    private readonly List<string?> words = [];
    private readonly StringBuilder word = new();
    private bool inWord;
    private bool unknown;

    public bool AtWordStart => !inWord;

    public void BeginWord() => inWord = true;

    public void AddCharacter(char c)
    {
        inWord = true;
        word.Append(c);
    }

    /// <summary>The word holds something only the running shell knows.</summary>
    public void AddUnknown()
    {
        inWord = true;
        unknown = true;
    }

    public void EndWord()
    {
        if (inWord)
        {
            words.Add(unknown ? null : word.ToString());
            word.Clear();
            inWord = unknown = false;
        }
    }

    /// <summary>Why a value in the current word would be read as program text, or null.</summary>
    public string? RefuseValue()
    {
        // sudo -u me bash -c: behind a prefix with options of its own any word may be the command.
        int start = words.FindIndex(word => word?.Contains('=') != true);
        if (start < 0)
        {
            return null;
        }

        bool prefixed = words[start] is { } first && Prefixes.Contains(BaseName(first));
        int end = prefixed ? words.Count : start + 1;
        for (int i = start; i < end; i++)
        {
            string name = words[i] is { } text ? BaseName(text) : "";
            if (Evaluators.Contains(name))
            {
                return $"{name} reads its arguments as shell text again";
            }

            // sh -c TEXT: only the word right after -c is program text; the words behind it are its parameters.
            if (Shells.Contains(name) && i < words.Count - 1 && words[^1] is { } option
                && option.StartsWith('-') && !option.StartsWith("--", StringComparison.Ordinal) && option.Contains('c', StringComparison.Ordinal))
            {
                return $"{name} -c reads this word as shell text again";
            }
        }

        return null;
    }

    private static string BaseName(string word) => word[(word.LastIndexOf('/') + 1)..];
}
