using System.CommandLine;

namespace Plimsoll.Cli.Parsing;

/// <summary>Walks over the words of a verb before they are parsed: finds unknown options, and where a command begins.</summary>
/// <remarks>
/// The parser hands an unknown option to an argument that still has room, so that <c>run --dry-rum plan.yaml</c> would look
/// for a plan named <c>--dry-rum</c>; and it takes options from behind a command, so that <c>map grep -k</c> would lose its <c>-k</c>.
/// </remarks>
internal static class OptionScan
{
    /// <summary>Returns the words to parse, or what is wrong with them.</summary>
    /// <param name="commandFollows">The first word that is no option begins a command: everything from there on is left alone.</param>
    public static (IReadOnlyList<string> Words, UsageError? Error) Normalise(Command verb, IReadOnlyList<string> words, bool commandFollows)
    {
        var known = new Dictionary<string, Option>(StringComparer.Ordinal);
        foreach (Option option in verb.Options)
        {
            known[option.Name] = option;
            foreach (string alias in option.Aliases)
                known[alias] = option;
        }

        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            if (word == "--")
                return (words, null);

            if (word.Length < 2 || word[0] != '-')
            {
                if (commandFollows)
                    return ([.. words.Take(index), "--", .. words.Skip(index)], null);
                continue;
            }

            Option? match = Find(known, word, out bool valueInside);
            if (match is null)
                return (words, Unknown(verb, known, word));
            if (!valueInside && match.Arity.MinimumNumberOfValues > 0)
                index++;
        }

        return (words, null);
    }

    /// <summary>The option a word gives a value to or switches on; for a bundle of short ones the last.</summary>
    private static Option? Find(Dictionary<string, Option> known, string word, out bool valueInside)
    {
        int equals = word.IndexOfAny(['=', ':']);
        valueInside = equals > 0;
        if (known.TryGetValue(valueInside ? word[..equals] : word, out Option? option))
            return option;
        if (word.StartsWith("--", StringComparison.Ordinal))
            return null;

        for (int index = 1; index < word.Length; index++)
        {
            if (!known.TryGetValue($"-{word[index]}", out option))
                return null;
            if (option.Arity.MinimumNumberOfValues > 0)
            {
                valueInside = index < word.Length - 1;
                return option;
            }
        }

        return option;
    }

    private static UsageError Unknown(Command verb, Dictionary<string, Option> known, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals > 0 ? word[..equals] : word;
        string? nearest = Nearest.To(name, known.Keys);
        return new UsageError(
            $"{verb.Name} has no option {name}",
            nearest is null ? $"'plimsoll {verb.Name} --help' lists them" : $"did you mean {nearest}?");
    }
}
