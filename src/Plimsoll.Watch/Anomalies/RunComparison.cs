using System.Collections.Immutable;

namespace Plimsoll.Watch.Anomalies;

/// <summary>One measure of a run beside its predecessors.</summary>
/// <param name="Name">A task, or a class of tasks.</param>
/// <param name="Value">In this run.</param>
/// <param name="Usual">Median over the predecessors.</param>
/// <param name="Predecessors">How many had the name.</param>
/// <param name="Deviations">Distance in robust standard deviations of the predecessors.</param>
public sealed record RunComparison(string Name, string Measure, double Value, double Usual, int Predecessors, double Deviations)
{
    /// <summary>Fewer predecessors do not tell what is usual.</summary>
    public const int Fewest = 3;

    private const double Deviating = 3.5;
    private const double Factor = 1.3;

    // What starting a process alone varies by: without it, tasks of milliseconds and of a few pages would differ at every run.
    private const double SecondsOfChance = 0.05;
    private const double BytesOfChance = 4 << 20;

    /// <summary>How many times the usual; 1 where both are 0.</summary>
    public double Ratio => Usual > 0 ? Value / Usual : Value > 0 ? double.PositiveInfinity : 1;

    /// <summary>True beyond chance: at least 30 % and 3.5 robust standard deviations (Iglewicz and Hoaglin, 1993).</summary>
    public bool Differs => Math.Abs(Deviations) >= Deviating && Ratio is >= Factor or <= 1 / Factor;

    /// <summary>One line: <c>build took 2.1x as long as in its last 10 runs</c>.</summary>
    public string Describe()
    {
        string before = Predecessors == 1 ? "the run before" : $"its last {Predecessors} runs";
        return Measure switch
        {
            "duration" => $"{Name} took {Ratio:0.#}x as long as in {before}",
            "memory" => $"{Name} held {Ratio:0.#}x the memory of {before}",
            "attempts" => $"{Name} needed {Ratio:0.#}x the attempts of {before}",
            _ => $"{Name} cost {Ratio:0.#}x as much as in {before}",
        };
    }

    /// <summary>Everything that at least <paramref name="fewest"/> predecessors have too; what differs first, the most first.</summary>
    /// <param name="now">Values of this run by name.</param>
    /// <param name="before">The same of each predecessor.</param>
    public static ImmutableArray<RunComparison> Compare(string measure, IReadOnlyDictionary<string, double> now, IReadOnlyList<IReadOnlyDictionary<string, double>> before, int fewest = Fewest)
    {
        var found = new List<RunComparison>();
        foreach ((string name, double value) in now)
        {
            double[] values = [.. before.Where(run => run.ContainsKey(name)).Select(run => run[name])];
            if (values.Length >= fewest)
            {
                found.Add(Judge(name, measure, value, values));
            }
        }

        return [.. found.OrderByDescending(static one => one.Differs).ThenByDescending(static one => one.Size).ThenBy(static one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Only what differs.</summary>
    public static ImmutableArray<RunComparison> Find(string measure, IReadOnlyDictionary<string, double> now, IReadOnlyList<IReadOnlyDictionary<string, double>> before) =>
        [.. Compare(measure, now, before).Where(static one => one.Differs)];

    private double Size => Math.Abs(Math.Log(Math.Clamp(Ratio, 1e-6, 1e6)));

    private static RunComparison Judge(string name, string measure, double value, double[] before)
    {
        double usual = Robust.Median(before);

        // Predecessors that hardly differ would make any difference odd: 5 % of the level is the least deviation.
        double least = Math.Max(measure switch { "duration" => SecondsOfChance, "memory" => BytesOfChance, _ => 1e-9 }, 0.05 * Math.Abs(usual));
        return new RunComparison(name, measure, value, usual, before.Length, (value - usual) / Math.Max(Robust.MadScale * Robust.Mad(before), least));
    }
}
