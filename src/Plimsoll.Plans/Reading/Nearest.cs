namespace Plimsoll.Plans.Reading;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    // Beyond this many candidates a suggestion costs more than it helps.
    private const int MostCandidates = 1_000_000;

    /// <summary>The candidate with the smallest edit distance, if it is close enough to be a slip.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 100)
        {
            return null;
        }

        int best = Math.Max(1, word.Length / 3) + 1;
        string? found = null;
        int seen = 0;
        foreach (string candidate in candidates)
        {
            if (++seen > MostCandidates)
            {
                break;
            }

            if (Math.Abs(candidate.Length - word.Length) >= best)
            {
                continue;
            }

            int distance = Distance(word, candidate, best);
            if (distance < best)
            {
                best = distance;
                found = candidate;
            }
        }

        return found;
    }

    /// <summary>A cure that names the nearest candidate, or lists the known ones when they are few.</summary>
    public static string Cure(string word, IReadOnlyCollection<string> candidates, string what)
    {
        if (Find(word, candidates) is { } near)
        {
            return $"Did you mean {near}?";
        }

        return candidates.Count switch
        {
            0 => $"There is no {what}.",
            <= 40 => $"Known: {string.Join(", ", candidates)}.",
            _ => $"No {what} has a similar name.",
        };
    }

    // Optimal string alignment (Levenshtein with transpositions), cut off at a bound.
    private static int Distance(string a, string b, int bound)
    {
        int[] before = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            int smallest = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                int value = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    value = Math.Min(value, before[j - 2] + 1);
                }

                current[j] = value;
                smallest = Math.Min(smallest, value);
            }

            if (smallest >= bound)
            {
                return bound;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }
}
