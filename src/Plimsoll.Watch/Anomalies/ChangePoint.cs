namespace Plimsoll.Watch.Anomalies;

/// <summary>Where a series moves to another level.</summary>
/// <param name="Index">First value of the new level.</param>
/// <param name="Chance">Probability of a shift so clear without any change, at most this.</param>
/// <param name="Before">Median since the change before, or since the beginning.</param>
/// <param name="After">Median until the next change, or until the end.</param>
public readonly record struct ChangePoint(int Index, double Chance, double Before, double After)
{
    // Fewer values than this on a side are a blip, not a level.
    private const int Shortest = 5;

    /// <summary>Finds changes of level by ranks, so that the distribution does not matter (A. N. Pettitt, "A non-parametric approach to the change-point problem", 1979), splitting at each change found.</summary>
    /// <param name="chance">Largest probability of a false change per stretch looked at.</param>
    public static IReadOnlyList<ChangePoint> Find(IReadOnlyList<double> values, double chance = 0.001)
    {
        var cuts = new List<(int Index, double Chance)>();
        var stretches = new Stack<(int From, int To)>([(0, values.Count)]);
        while (stretches.TryPop(out (int From, int To) stretch))
        {
            if (Split(values, stretch.From, stretch.To) is { } cut && cut.Chance <= chance)
            {
                cuts.Add(cut);
                stretches.Push((stretch.From, cut.Index));
                stretches.Push((cut.Index, stretch.To));
            }
        }

        cuts.Sort();
        var found = new List<ChangePoint>(cuts.Count);
        for (int i = 0; i < cuts.Count; i++)
        {
            int from = i == 0 ? 0 : cuts[i - 1].Index;
            int to = i + 1 < cuts.Count ? cuts[i + 1].Index : values.Count;
            found.Add(new ChangePoint(cuts[i].Index, cuts[i].Chance, Median(values, from, cuts[i].Index), Median(values, cuts[i].Index, to)));
        }

        return found;
    }

    private static (int Index, double Chance)? Split(IReadOnlyList<double> values, int from, int to)
    {
        int n = to - from;
        if (n < 2 * Shortest)
        {
            return null;
        }

        // U(t) = 2 * (sum of ranks up to t) - t (n + 1), with mean ranks for ties.
        double[] ranks = Ranks(values, from, n);
        (int best, double most, double sum) = (-1, 0, 0);
        for (int t = 1; t < n; t++)
        {
            sum += ranks[t - 1];
            double u = Math.Abs((2 * sum) - (t * (n + 1.0)));
            if (u > most && t >= Shortest && n - t >= Shortest)
            {
                (best, most) = (t, u);
            }
        }

        double p = 2 * Math.Exp(-6 * most * most / (Math.Pow(n, 3) + Math.Pow(n, 2)));
        return best < 0 ? null : (from + best, Math.Min(1, p));
    }

    private static double[] Ranks(IReadOnlyList<double> values, int from, int n)
    {
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => values[from + i])];
        double[] ranks = new double[n];
        for (int i = 0; i < n;)
        {
            int j = i;
            while (j < n && values[from + order[j]].Equals(values[from + order[i]]))
            {
                j++;
            }

            for (int k = i; k < j; k++)
            {
                ranks[order[k]] = (i + j + 1) / 2.0;
            }

            i = j;
        }

        return ranks;
    }

    private static double Median(IReadOnlyList<double> values, int from, int to) => Robust.Median([.. values.Skip(from).Take(to - from)]);
}
